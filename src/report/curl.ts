/** A witness as a `curl` command: quoted for any shell text, secrets as variables the reader sets. */
import type { Witness } from './terms.ts'

export interface Command {
  /** `curl` and its arguments, not yet quoted. */
  readonly words: readonly string[]
  /** Shell variables the reader must set, and the sealed value each one stands for. */
  readonly secrets: readonly { readonly variable: string; readonly sealed: string }[]
}

const sealedValue = /\$\{(sealed:[0-9a-f]{1,64})\}/g
const token = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/
const hostName = /^[A-Za-z0-9._-]+$/
const ipv6 = /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/
const visibleAscii = /^[!-~]*$/
const fieldValue = /^[\t -~]*$/
const bareWord = /^[A-Za-z0-9_@%+=:,./-]+$/
const plainInDoubleQuotes = /^[^"$`!\\]*$/

const variableName = (index: number): string => (index === 0 ? 'ORIGIN_TOKEN' : `ORIGIN_TOKEN_${index + 1}`)
const single = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** One shell word; sealed values become `"$ORIGIN_TOKEN"`. `secrets` lists the sealed values in order of appearance. */
const shellWord = (text: string, secrets: readonly string[]): string => {
  // Splitting on a pattern with one group gives literal, sealed name, literal, ...
  const parts = text.split(sealedValue)
  const variable = (sealed: string) => variableName(Math.max(0, secrets.indexOf(sealed)))
  if (parts.length === 1) return bareWord.test(text) ? text : single(text)
  const literals = parts.filter((_, i) => i % 2 === 0)
  const gapless = literals.slice(1).some(part => /^\w/.test(part))
  if (!gapless && literals.every(part => plainInDoubleQuotes.test(part)))
    return `"${parts.map((part, i) => (i % 2 === 0 ? part : `$${variable(part)}`)).join('')}"`
  return parts.map((part, i) => (i % 2 === 1 ? `"$${variable(part)}"` : part && single(part))).join('')
}

const bracketed = (host: string): string => (ipv6.test(host) ? `[${host}]` : host)
const isHost = (host: string): boolean => hostName.test(host) || ipv6.test(host)

/** The name in the URL: curl takes SNI from it. Without SNI an address keeps curl from sending one. */
const urlHost = (w: Witness): string => {
  if (w.scheme === 'https') return w.sni ?? w.connect
  const claimed = w.host.replace(/:\d+$/, '')
  return isHost(claimed) ? claimed : w.connect
}

const writable = (w: Witness): boolean =>
  [urlHost(w), w.connect].every(isHost) &&
  token.test(w.method) &&
  fieldValue.test(w.host) &&
  visibleAscii.test(w.path) &&
  w.headers.every(([name, value]) => token.test(name) && fieldValue.test(value))

const headerArgument = (name: string, value: string): string =>
  value === '' ? `${name};` : `${name}: ${value}`

const methodArguments = (method: string): readonly string[] =>
  method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : ['--request', method]

const argumentsOf = (w: Witness): readonly string[] => {
  const host = urlHost(w)
  const standard = w.port === (w.scheme === 'https' ? 443 : 80)
  const authority = bracketed(host) + (standard ? '' : `:${w.port}`)
  // A fragment or a target without leading slash would be rewritten by curl's URL parser.
  const inUrl = w.path.startsWith('/') && !w.path.includes('#')
  return [
    // The certificate is no obstacle to somebody who wants to get past CloudFront.
    ...(w.scheme === 'https' ? ['--insecure'] : []),
    ...(w.family === 6 ? ['-6'] : []),
    ...(/[[\]{}]/.test(w.path) ? ['--globoff'] : []),
    ...(/\/\.|%2e/i.test(w.path) ? ['--path-as-is'] : []),
    ...methodArguments(w.method),
    ...(host === w.connect ? [] : ['--connect-to', `::${bracketed(w.connect)}:${w.port}`]),
    ...(w.host === authority ? [] : ['-H', headerArgument('Host', w.host)]),
    ...w.headers.flatMap(([name, value]) => ['-H', headerArgument(name, value)]),
    ...(inUrl ? [] : ['--request-target', w.path]),
    `${w.scheme}://${authority}${inUrl ? w.path : '/'}`,
  ]
}

/** The command that sends the witness; null where it holds bytes that no command line should carry. */
export const curlOf = (witness: Witness): Command | null => {
  if (!writable(witness)) return null
  const words = ['curl', ...argumentsOf(witness)]
  const sealed = [...new Set(words.flatMap(w => [...w.matchAll(sealedValue)].map(m => m[1] ?? '')))]
  return { words, secrets: sealed.map((name, i) => ({ variable: variableName(i), sealed: name })) }
}

/** The command on one line, as the shell wants it. */
export const commandLine = ({ words, secrets }: Command): string => {
  const sealed = secrets.map(s => s.sealed)
  return words.map(word => shellWord(word, sealed)).join(' ')
}
