/** What the code of a CloudFront function may do to the origin of a request: facts that stand in for the code, which is never stored. */
import { type Node, parse } from 'acorn'
import { argumentsOf, childrenOf, field, literalText, memberName, nameOf } from './function-code/nodes.ts'
import { type OriginUpdate, untold, updateBy } from './function-code/update.ts'

/**
 * Helpers of the module `cloudfront` that change the origin. `selectRequestOriginById` and `createRequestOriginGroup` choose
 * among the origins of the distribution, `updateRequestOrigin` may name any host.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/helper-functions-origin-modification.html
 */
const originHelpers = ['createRequestOriginGroup', 'selectRequestOriginById', 'updateRequestOrigin'] as const
type OriginHelper = (typeof originHelpers)[number]

export interface FunctionCodeFacts {
  /** Origin helpers that the code names, sorted. */
  readonly helpers: readonly OriginHelper[]
  /** What its uses of `updateRequestOrigin` say. */
  readonly updates: readonly OriginUpdate[]
  /** Why it may do more than `helpers` says, in fixed words; empty where it surely does not. */
  readonly doubts: readonly string[]
}

/** Other members of the module, which leave the origin alone. A later one is in doubt until it is known. */
const harmless = new Set(['kvs', 'edgeLocation', 'cwt'])

/** Modules of the runtime besides `cloudfront`. */
const otherModules = new Set(['crypto', 'querystring', 'buffer'])

/** A function is at most 10 KB; what is far longer is none. */
const longest = 200_000
const deepest = 4_000

interface Found {
  readonly helpers: Set<OriginHelper>
  readonly updates: OriginUpdate[]
  /** How often `updateRequestOrigin` is named; more often than called means that it is handed on. */
  updatesNamed: number
  readonly doubts: Set<string>
  /** Names that stand for the module. */
  readonly bindings: Set<string>
}

type See = (node: Node, parent: Node | null, found: Found) => void

/**
 * Total: code that cannot be parsed, or that may hide what it does, is in doubt. The runtime itself evaluates no text
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-function-restrictions.html), so that the
 * module is reached by import or `require` alone.
 */
export const functionCodeFacts = (code: string): FunctionCodeFacts => {
  const found: Found = {
    helpers: new Set(),
    updates: [],
    updatesNamed: 0,
    doubts: new Set(),
    bindings: new Set(),
  }
  try {
    const program = code.length > longest ? null : parsed(code)
    if (program === null) found.doubts.add('it cannot be parsed')
    else for (const see of [bindModule, inspectNode]) visit(program, null, see, found)
  } catch {
    // Nested deeper than the stack.
    found.doubts.add('it cannot be parsed')
  }
  const handedOn = found.updatesNamed > found.updates.length
  return {
    helpers: [...found.helpers].sort(),
    updates: handedOn ? [...found.updates, untold] : found.updates,
    doubts: [...found.doubts].sort(),
  }
}

/** Runtime 2.0 has modules; 1.0 is a script. */
const parsed = (code: string): Node | null => {
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return parse(code, { ecmaVersion: 'latest', sourceType })
    } catch (thrown) {
      if (!(thrown instanceof SyntaxError)) throw thrown
    }
  }
  return null
}

const visit = (node: Node, parent: Node | null, see: See, found: Found, depth = 0): void => {
  if (depth > deepest) throw new RangeError('nested too deeply')
  see(node, parent, found)
  for (const child of childrenOf(node)) visit(child, node, see, found, depth + 1)
}

// ---- How the module gets into the code ----

const bindModule: See = (node, parent, found) => {
  if (node.type === 'ImportDeclaration') bindImport(node, found)
  if (node.type === 'ImportExpression') found.doubts.add('it imports at run time')
  if (node.type === 'ExportAllDeclaration' || literalText(field(node, 'source')) !== null)
    if (node.type.startsWith('Export')) found.doubts.add('it passes a module on')
  if (nameOf(node) !== 'require' || !isReference(node, parent)) return
  const isCall = parent !== null && parent.type === 'CallExpression' && field(parent, 'callee') === node
  const name = isCall ? literalText(argumentsOf(parent)?.[0]) : null
  if (name === null || !otherModules.has(name)) found.doubts.add('it requires a module that cannot be told')
}

const bindImport = (node: Node, found: Found): void => {
  const source = literalText(field(node, 'source')) ?? ''
  if (otherModules.has(source)) return
  if (source === 'cloudfront') for (const child of childrenOf(node)) bindSpecifier(child, found)
  else found.doubts.add('it imports a module that this version does not know')
}

const bindSpecifier = (specifier: Node, found: Found): void => {
  const local = nameOf(field(specifier, 'local')) ?? ''
  const imported = nameOf(field(specifier, 'imported')) ?? literalText(field(specifier, 'imported'))
  if (specifier.type === 'ImportNamespaceSpecifier') found.doubts.add('it imports the module as a whole')
  if (specifier.type === 'ImportDefaultSpecifier' || imported === 'default') found.bindings.add(local)
  else if (specifier.type === 'ImportSpecifier') noteMember(imported, found)
}

// ---- What is done with it ----

const inspectNode: See = (node, parent, found) => {
  if (node.type === 'WithStatement') found.doubts.add('it uses a with statement')
  if (node.type === 'ThisExpression') inspectGlobal(node, parent, found)
  if (memberName(node) === 'constructor') found.doubts.add('it may make functions of text')
  if (node.type === 'CallExpression') inspectCall(node, found)
  const name = nameOf(node)
  if (name === null || !isReference(node, parent)) return
  if (name === 'eval' || name === 'Function') found.doubts.add('it may make functions of text')
  if (globals.has(name)) inspectGlobal(node, parent, found)
  if (found.bindings.has(name)) inspectBinding(node, parent, found)
}

const globals = new Set(['globalThis', 'global', 'window', 'self', 'module', 'njs', 'process'])
const reaching = new Set(['require', 'eval', 'Function', 'globalThis', 'global', 'module'])

/** The global object leads everywhere; a plain look at one of its members does not. */
const inspectGlobal: See = (node, parent, found) => {
  const isTest = parent?.type === 'LogicalExpression' && field(parent, 'left') === node
  const member = parent !== null && field(parent, 'object') === node ? memberName(parent) : null
  if (isTest || (member !== null && !reaching.has(member))) return
  found.doubts.add('it uses the global object')
}

const inspectBinding: See = (node, parent, found) => {
  // The import itself.
  if (parent?.type.startsWith('Import')) return
  const member = parent !== null && field(parent, 'object') === node ? memberName(parent) : null
  if (member === null) found.doubts.add('it hands the module on')
  else noteMember(member, found)
}

const inspectCall = (call: Node, found: Found): void => {
  const callee = field(call, 'callee') as Node
  const object = nameOf(field(callee, 'object'))
  if (memberName(callee) === 'updateRequestOrigin' && object !== null && found.bindings.has(object))
    found.updates.push(updateBy(call))
}

const noteMember = (name: string | null, found: Found): void => {
  const helper = originHelpers.find(h => h === name)
  if (helper !== undefined) found.helpers.add(helper)
  if (helper === 'updateRequestOrigin') found.updatesNamed++
  if (helper === undefined && (name === null || !harmless.has(name)))
    found.doubts.add('it uses a helper that this version does not know')
}

/** Whether the identifier stands for a variable, and not for the name of a member, key or label. */
const isReference = (node: Node, parent: Node | null): boolean => {
  if (parent === null) return true
  const { type } = parent
  if (type === 'MemberExpression')
    return field(parent, 'object') === node || field(parent, 'computed') === true
  const isKey = ['Property', 'MethodDefinition', 'PropertyDefinition'].includes(type)
  if (isKey && field(parent, 'key') === node)
    return field(parent, 'computed') === true || field(parent, 'shorthand') === true
  return !['LabeledStatement', 'BreakStatement', 'ContinueStatement'].includes(type)
}
