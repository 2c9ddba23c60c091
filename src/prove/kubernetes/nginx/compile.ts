/** Compiles the directives of a snippet into what they decide; nothing is skipped without knowing that it decides nothing. */
import type { Snippet } from '#topology/model/kubernetes.ts'
import { conditionOf, type Directive, type Operand, parseNginx, partsOf, type Word } from '#topology/nginx.ts'
import type { Value } from '#topology/sealed.ts'
import { isSealed } from '#topology/sealed.ts'
import { decidesNothing, fitsIf, mayOnlyRefuse, setsVariable } from './directives.ts'
import type { AddressRule, Condition, Doubt, Expression, Place, Statement, VariableMap } from './program.ts'
import { strangerWorld } from './strangers.ts'

/** Where a snippet is rendered. */
export type Context = 'http' | 'server' | 'location'

export interface Compiled {
  readonly statements: readonly Statement[]
  readonly addresses: readonly AddressRule[]
  readonly basic: { readonly place: Place; readonly off: boolean } | null
  /** Names a password file: without one nginx asks for no password. */
  readonly userFile: boolean
  readonly external: { readonly place: Place } | null
  readonly satisfy: 'all' | 'any' | null
  readonly maps: readonly VariableMap[]
  readonly errorPages: readonly { readonly status: number; readonly place: Place }[]
  readonly mayRefuse: readonly Doubt[]
  readonly invalid: readonly Doubt[]
  /** Blocks that open further ways in: `location`, `server`. */
  readonly sideDoors: readonly Doubt[]
}

type Draft = { -readonly [K in keyof Compiled]: Compiled[K] extends readonly (infer T)[] ? T[] : Compiled[K] }

interface Source {
  readonly origin: string
  readonly values: readonly Value[]
  readonly context: Context
  readonly inIf: boolean
  readonly draft: Draft
}

const blank = (): Draft => ({
  statements: [],
  addresses: [],
  basic: null,
  userFile: false,
  external: null,
  satisfy: null,
  maps: [],
  errorPages: [],
  mayRefuse: [],
  invalid: [],
  sideDoors: [],
})

/** `origin` names the snippet in reasons. */
export const compileSnippet = (snippet: Snippet, origin: string, context: Context): Compiled => {
  const draft = blank()
  for (const p of snippet.problems)
    if (p.kind === 'syntax') draft.invalid.push({ reason: p.text, place: { origin, line: p.line } })
  if (draft.invalid.length > 0) return draft
  const parsed = parseNginx(snippet.text)
  for (const p of parsed.problems)
    if (p.kind === 'syntax') draft.invalid.push({ reason: p.text, place: { origin, line: p.line } })
  const source: Source = { origin, values: snippet.values, context, inIf: false, draft }
  draft.statements.push(...statementsOf(parsed.directives, source))
  return draft
}

const statementsOf = (directives: readonly Directive[], source: Source): readonly Statement[] =>
  directives.flatMap(d => {
    const place = { origin: source.origin, line: d.line }
    const made = compileOne(d, source, place)
    return made === null ? [] : [made]
  })

const refuse = (source: Source, place: Place, reason: string): null => {
  source.draft.invalid.push({ reason, place })
  return null
}

const beyond = (place: Place, reason: string): Statement => ({ kind: 'beyond', reason, place })

/** The statement, or null where the directive belongs to another phase (then it is noted in the draft). */
const compileOne = (d: Directive, source: Source, place: Place): Statement | null => {
  const rewriting = source.context !== 'http'
  switch (d.name) {
    case 'if':
      return !rewriting || source.inIf
        ? refuse(source, place, '"if" is not allowed here')
        : compileIf(d, source, place)
    case 'return':
      return rewriting
        ? compileReturn(d, source, place)
        : refuse(source, place, '"return" is not allowed here')
    case 'set':
      return rewriting ? compileSet(d, source, place) : refuse(source, place, '"set" is not allowed here')
    case 'break':
      return rewriting ? { kind: 'break', place } : refuse(source, place, '"break" is not allowed here')
    case 'rewrite':
      return rewriting
        ? compileRewrite(d, source, place)
        : refuse(source, place, '"rewrite" is not allowed here')
    case 'map':
      return compileMap(d, source, place)
    case 'error_page':
      return noteErrorPages(d, source, place)
    default:
      return compileAccess(d, source, place)
  }
}

/** Directives of the access phase, and the ones that are known by name only. */
const compileAccess = (d: Directive, source: Source, place: Place): Statement | null => {
  const { draft } = source
  const [first] = d.args
  const access = ['allow', 'deny', 'auth_basic', 'auth_basic_user_file', 'satisfy', 'auth_request']
  if (source.inIf && access.includes(d.name))
    return refuse(source, place, `"${d.name}" is not allowed inside "if"`)
  switch (d.name) {
    case 'allow':
    case 'deny': {
      const addresses = first === undefined ? '' : text(first, source)
      if (isSealed(addresses) || addresses === '') return beyond(place, `what "${d.name}" names was not read`)
      draft.addresses.push({ allow: d.name === 'allow', addresses, place })
      return null
    }
    case 'auth_basic':
      draft.basic = { place, off: first?.text === 'off' }
      return null
    case 'auth_basic_user_file':
      draft.userFile = true
      return null
    case 'satisfy':
      if (first?.text !== 'all' && first?.text !== 'any')
        return refuse(source, place, '"satisfy" takes "all" or "any"')
      draft.satisfy = first.text
      return null
    case 'auth_request':
      draft.external = first?.text === 'off' ? null : { place }
      return null
    default:
      return compileOther(d, source, place)
  }
}

const compileOther = (d: Directive, source: Source, place: Place): Statement | null => {
  if (decidesNothing(d)) {
    if (!source.inIf || fitsIf(d)) return null
    return beyond(place, `nginx may refuse "${shownName(d.name)}" inside "if"`)
  }
  if (
    (d.name === 'location' && source.context === 'server') ||
    (d.name === 'server' && source.context === 'http')
  ) {
    source.draft.sideDoors.push({ reason: `a "${d.name}" of its own is beyond this version`, place })
    return null
  }
  const assigned = setsVariable(d)
  if (assigned !== null)
    return { kind: 'obscure', variable: assigned, reason: `"${d.name}" is beyond this version`, place }
  if (mayOnlyRefuse(d)) {
    source.draft.mayRefuse.push({ reason: `"${d.name}" may refuse requests`, place })
    return null
  }
  return beyond(place, `the directive "${shownName(d.name)}" is beyond this version`)
}

const shownName = (name: string): string => (/^[a-z][a-z0-9_]{0,40}$/.test(name) ? name : '?')

const compileIf = (d: Directive, source: Source, place: Place): Statement | null => {
  if (d.block === null) return refuse(source, place, '"if" has no block')
  const condition = compileCondition(d.args, source, place)
  if (condition === null) return null
  return { kind: 'if', condition, body: statementsOf(d.block, { ...source, inIf: true }), place }
}

const compileCondition = (args: readonly Word[], source: Source, place: Place): Condition | null => {
  const raw = conditionOf(args)
  switch (raw.kind) {
    case 'invalid':
      return refuse(source, place, raw.text)
    case 'file':
      return { kind: 'beyond', reason: 'a test for a file is beyond this version' }
    case 'bare':
      return raw
    case 'compare': {
      const value = expressionOf(raw.operand, source)
      if (value === null) return refuse(source, place, 'the value holds a "$" that names no variable')
      return { kind: 'compare', variable: raw.variable, negated: raw.negated, value }
    }
    case 'match': {
      const { variable, negated, ignoreCase } = raw
      return { kind: 'match', variable, negated, ignoreCase, pattern: text(raw.operand, source) }
    }
  }
}

/** A whole word, with its mark undone. */
const text = (word: Pick<Operand, 'text'>, { values }: Pick<Source, 'values'>): Value => {
  const mark = /^⟦(\d+)⟧$/.exec(word.text)
  return mark === null ? word.text : (values[Number(mark[1])] ?? '')
}

/** Null where nginx refuses it. */
const expressionOf = (word: Pick<Operand, 'text'>, source: Pick<Source, 'values'>): Expression | null => {
  const whole = text(word, source)
  // A sealed word of dialect `value` held variables: nothing is known of what it becomes.
  if (isSealed(whole))
    return whole.dialect === 'value' ? [{ kind: 'opaque' }] : [{ kind: 'text', text: whole }]
  const parts = partsOf(whole)
  if (parts === null) return null
  if (parts.length === 0) return [{ kind: 'text', text: '' }]
  return parts.map(p =>
    p.kind === 'text' ? p : p.kind === 'variable' ? { kind: 'variable', name: p.name } : { kind: 'opaque' },
  )
}

/** `return code [text]` or `return url`: either way no backend is asked. */
const compileReturn = (d: Directive, source: Source, place: Place): Statement | null => {
  const [first, second, ...more] = d.args
  if (first === undefined || more.length > 0 || d.block !== null)
    return refuse(source, place, '"return" takes a code, a code and a text, or a URL')
  if (/^\d+$/.test(first.text)) {
    const status = Number(first.text)
    return status > 999
      ? refuse(source, place, '"return" takes no code above 999')
      : { kind: 'return', status, place }
  }
  const url = second === undefined && /^(?:https?:\/\/|\$scheme|⟦)/.test(first.text)
  return url
    ? { kind: 'return', status: 302, place }
    : refuse(source, place, '"return" takes a code or a URL')
}

const compileSet = (d: Directive, source: Source, place: Place): Statement | null => {
  const [name, value, ...more] = d.args
  if (name === undefined || value === undefined || more.length > 0 || d.block !== null)
    return refuse(source, place, '"set" takes a variable and a value')
  if (!/^\$./.test(name.text)) return refuse(source, place, '"set" takes a variable that begins with "$"')
  const made = expressionOf(value, source)
  if (made === null) return refuse(source, place, 'the value holds a "$" that names no variable')
  const variable = name.text.slice(1).toLowerCase()
  // nginx refuses most of these; the others change the request itself.
  if (strangerWorld(variable) !== null) return beyond(place, 'a variable of the request is set')
  return { kind: 'set', variable, value: made, place }
}

const compileRewrite = (d: Directive, source: Source, place: Place): Statement | null => {
  const [pattern, target, flag] = d.args
  if (pattern === undefined || target === undefined || d.args.length > 3)
    return refuse(source, place, '"rewrite" takes an expression and a replacement')
  if (!['last', 'break', 'redirect', 'permanent', undefined].includes(flag?.text))
    return refuse(source, place, '"rewrite" knows the flags last, break, redirect and permanent')
  const away =
    /^(?:https?:\/\/|\$scheme)/.test(target.text) || /^(?:redirect|permanent)$/.test(flag?.text ?? '')
  const effect = away ? 'redirect' : flag?.text === 'break' ? 'break' : 'last'
  return { kind: 'rewrite', pattern: text(pattern, source), effect, place }
}

const noteErrorPages = (d: Directive, source: Source, place: Place): null => {
  for (const { text: word } of d.args.slice(0, -1))
    if (/^\d{3}$/.test(word)) source.draft.errorPages.push({ status: Number(word), place })
  return null
}

const compileMap = (d: Directive, source: Source, place: Place): Statement | null => {
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
