/** Compiles `map` blocks: a variable whose value follows from another one. */
import { type Directive, partsOf, type Word } from '#topology/nginx.ts'
import { isSealed } from '#topology/sealed.ts'
import type { Expression, Place, Statement, VariableMap } from './program.ts'
import { expressionOf, isUnread, refuse, type Source, text } from './source.ts'

/** Notes the map; a statement where its values are beyond this version. */
export const compileMap = (d: Directive, source: Source, place: Place): Statement | null => {
  const [from, to] = d.args
  if (source.context !== 'http') return refuse(source, place, '"map" is not allowed here')
  const [single, ...more] = partsOf(from?.text ?? '') ?? []
  if (d.block === null || to === undefined || !to.text.startsWith('$'))
    return refuse(source, place, '"map" takes a source, a variable and a block')
  const variable = to.text.slice(1).toLowerCase()
  const obscure = (reason: string): Statement => ({ kind: 'obscure', variable, reason, place })
  if (single?.kind !== 'variable' || more.length > 0)
    return obscure('a map of more than one variable is beyond this version')
  const entries: VariableMap['entries'][number][] = []
  let otherwise: Expression = [{ kind: 'text', text: '' }]
  for (const entry of d.block) {
    const [result, extra] = entry.args
    const value = result === undefined || extra !== undefined ? null : expressionOf(result, source)
    if (/^(?:hostnames|include)$/.test(entry.name))
      return obscure(`"${entry.name}" in a map is beyond this version`)
    if (entry.name === 'volatile') continue
    if (value === null) return refuse(source, place, 'an entry of the map is not a key and a value')
    if (isUnread(text(entry.word, source))) return obscure('a key of the map was not read')
    if (entry.name === 'default') otherwise = value
    else entries.push({ ...mapKey(entry.word, source), value })
  }
  source.draft.maps.push({ variable, source: single.name, entries, otherwise, place })
  return null
}

const mapKey = (word: Word, source: Source): Pick<VariableMap['entries'][number], 'test' | 'key'> => {
  const key = text(word, source)
  if (isSealed(key)) {
    const test = key.dialect === 'nginx:~' ? '~' : key.dialect === 'nginx:~*' ? '~*' : '='
    return { test, key }
  }
  if (key.startsWith('~*')) return { test: '~*', key: key.slice(2) }
  if (key.startsWith('~')) return { test: '~', key: key.slice(1) }
  return { test: '=', key: key.replace(/^\\/, '') }
}
