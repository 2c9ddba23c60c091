/** Compiles the directives of a snippet into what they decide; nothing is skipped without knowing that it decides nothing. */
import type { Snippet } from '#topology/model/kubernetes.ts'
import { conditionOf, type Directive, parseNginx, type Word } from '#topology/nginx.ts'
import { isSealed } from '#topology/sealed.ts'
import { compileMap } from './compile-map.ts'
import { decidesNothing, fitsIf, mayOnlyRefuse, setsVariable } from './directives.ts'
import type { Condition, Place, Statement } from './program.ts'
import {
  beyond,
  blank,
  type Compiled,
  type Context,
  expressionOf,
  isUnread,
  refuse,
  type Source,
  text,
} from './source.ts'
import { strangerWorld } from './strangers.ts'

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
      const pattern = text(raw.operand, source)
      if (isUnread(pattern)) return { kind: 'beyond', reason: 'the expression was not read' }
      return { kind: 'match', variable, negated, ignoreCase, pattern }
    }
  }
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
  const sought = text(pattern, source)
  if (isUnread(sought)) return beyond(place, 'the expression was not read')
  return { kind: 'rewrite', pattern: sought, effect, place }
}

const noteErrorPages = (d: Directive, source: Source, place: Place): null => {
  for (const { text: word } of d.args.slice(0, -1))
    if (/^\d{3}$/.test(word)) source.draft.errorPages.push({ status: Number(word), place })
  return null
}
