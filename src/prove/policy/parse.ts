/** Reads a resource policy document; whatever is not understood stays with its statement and makes it undecided. */
import { messageOf } from '#base/fault.ts'
import { operatorNamed } from './operator.ts'
import type { Element, Policy, PrincipalTerm, Statement, Test } from './policy.ts'
import { principalsOf } from './principal-terms.ts'

export type ParsedPolicy =
  | { readonly policy: Policy; readonly problem: null }
  | { readonly policy: null; readonly problem: string }

const failed = (problem: string): ParsedPolicy => ({ policy: null, problem })

type Fields = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads a document given as JSON text or as a value. API Gateway hands out its policies with escaped quotation marks;
 * they are read as well.
 */
export const parsePolicy = (document: unknown): ParsedPolicy => {
  const read = typeof document === 'string' ? parseJson(document) : { value: document, problem: null }
  if (read.problem !== null) return failed(read.problem)
  const { value } = read
  if (!isObject(value)) return failed('The policy is no JSON object.')
  const unknown = Object.keys(value).filter(key => !['Version', 'Id', 'Statement'].includes(key))
  if (unknown.length > 0) return failed(`The policy has an element "${unknown[0]}" that is not known.`)
  const version = value.Version ?? '2008-10-17'
  if (version !== '2012-10-17' && version !== '2008-10-17')
    return failed(`The policy has a version "${String(version)}" that is not known.`)
  if (value.Statement === undefined) return failed('The policy has no statement.')
  const statements = Array.isArray(value.Statement) ? value.Statement : [value.Statement]
  const isApi = statements.some(s => isObject(s) && textsOf(s.Resource)?.some(r => r.startsWith(shortApi)))
  const made = statements.map((s, i) => statementOf(s, i, isApi))
  const broken = made.find(s => typeof s === 'string')
  if (typeof broken === 'string') return failed(broken)
  return {
    policy: { variables: version === '2012-10-17', statements: made.filter(s => typeof s !== 'string') },
    problem: null,
  }
}

const parseJson = (text: string): { value?: unknown; problem: string | null } => {
  try {
    return { value: JSON.parse(text), problem: null }
  } catch (thrown) {
    if (!text.includes('\\"')) return { problem: `The policy is no JSON (${messageOf(thrown)}).` }
  }
  try {
    return { value: JSON.parse(String(JSON.parse(`"${text}"`))), problem: null }
  } catch (thrown) {
    return { problem: `The policy is no JSON (${messageOf(thrown)}).` }
  }
}

const elements = [
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction'],
  ...['Resource', 'NotResource', 'Condition'],
]

/** A statement, or the sentence that says why there is none: without an effect nothing can be said at all. */
const statementOf = (raw: unknown, index: number, isApi: boolean): Statement | string => {
  const place = `statement ${index + 1}`
  if (!isObject(raw)) return `The policy's ${place} is no JSON object.`
  const { Effect: effect, Sid: sid } = raw
  if (effect !== 'Allow' && effect !== 'Deny')
    return `The policy's ${place} has the effect ${JSON.stringify(effect) ?? 'of none'}, which is not known.`
  const problems: string[] = Object.keys(raw)
    .filter(key => !elements.includes(key))
    .map(key => `an element "${key}"`)
  const element = (name: 'Action' | 'Resource'): Element<string> => oneOf(raw, name, problems, textsOf, ['*'])
  return {
    name: typeof sid === 'string' && sid !== '' ? sid : place,
    effect,
    principal: oneOf<PrincipalTerm>(raw, 'Principal', problems, principalsOf, []),
    action: element('Action'),
    resource: mapElement(element('Resource'), r => (isApi ? longApi(r) : r)),
    tests: testsOf(raw.Condition, problems),
    problems,
  }
}

const shortApi = 'execute-api:/'

/** API Gateway takes `execute-api:/stage/method/path` for the API that the policy belongs to. */
const longApi = (resource: string): string =>
  resource.startsWith(shortApi) ? `arn:*:execute-api:*:*:*/${resource.slice(shortApi.length)}` : resource

const mapElement = <T>(element: Element<T>, f: (term: T) => T): Element<T> => ({
  negated: element.negated,
  terms: element.terms.map(f),
})

const oneOf = <T>(
  raw: Fields,
  name: string,
  problems: string[],
  read: (value: unknown) => readonly T[] | null,
  otherwise: readonly T[],
): Element<T> => {
  const [positive, negative] = [raw[name], raw[`Not${name}`]]
  const given = positive ?? negative
  const terms = given === undefined ? null : read(given)
  if (positive !== undefined && negative !== undefined) problems.push(`both ${name} and Not${name}`)
  else if (given === undefined) problems.push(`no ${name}`)
  else if (terms === null) problems.push(`a ${name} that cannot be read`)
  return { negated: positive === undefined && negative !== undefined, terms: terms ?? otherwise }
}

const textsOf = (value: unknown): readonly string[] | null => {
  const list = Array.isArray(value) ? value : [value]
  return list.length > 0 && list.every(item => typeof item === 'string') ? list : null
}

/** Operands may be written as JSON text, number or truth value. */
const operandsOf = (value: unknown): readonly string[] | null => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const plain = list.every(v => typeof v === 'string' || typeof v === 'number' || typeof v === 'boolean')
  return list.length > 0 && plain ? list.map(String) : null
}

const testsOf = (condition: unknown, problems: string[]): readonly Test[] => {
  if (condition === undefined) return []
  if (!isObject(condition)) {
    problems.push('a Condition that cannot be read')
    return []
  }
  const tests: Test[] = []
  for (const [name, block] of Object.entries(condition)) {
    const operator = operatorNamed(name)
    if (operator === null) problems.push(`an operator "${name}"`)
    else if (!isObject(block)) problems.push(`a Condition "${name}" that cannot be read`)
    else
      for (const [written, value] of Object.entries(block)) {
        const operands = operandsOf(value)
        const key = written.toLowerCase()
        if (operands === null) problems.push(`a value of ${written} that cannot be read`)
        else
          tests.push({ operator, key: key === 'aws:epochtime' ? 'aws:currenttime' : key, written, operands })
      }
  }
  return tests
}
