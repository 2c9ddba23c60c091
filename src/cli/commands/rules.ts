/** `originproof rules`: lists the rules, or shows one with its prose. */
import { UserFault } from '#base/fault.ts'
import { suggestion } from '#rulebook/nearest.ts'
import type { Rule, Rulebook } from '#rulebook/rule.ts'
import { exitCodes } from '../exit-code.ts'
import type { Run } from '../program.ts'
import { loadRules } from '../rules.ts'

const list = ({ rules }: Rulebook): string => {
  const width = Math.max(...rules.map(r => r.id.length))
  return rules.map(r => `${r.id.padEnd(width)}  ${r.severity.padEnd(8)}  ${r.title}\n`).join('')
}

const mappings = (rule: Rule): string =>
  rule.mappings.map(m => `${m.standard} ${m.id} (${m.fit})`).join(', ') || 'none'

const show = (rule: Rule): string =>
  [
    `${rule.id} (${rule.severity}, ${rule.surface})`,
    '',
    rule.help.trim(),
    '',
    `Mappings: ${mappings(rule)}`,
    ...rule.references,
    '',
  ].join('\n')

const find = ({ rules }: Rulebook, id: string | undefined): Rule => {
  if (id === undefined) throw new UserFault('Name a rule, as in "originproof rules show origin-exists".')
  const rule = rules.find(r => r.id === id)
  if (rule !== undefined) return rule
  const near = suggestion(
    id,
    rules.map(r => r.id),
  )
  throw new UserFault(
    `There is no rule ${JSON.stringify(id)}${near}: "originproof rules" lists all ${rules.length}.`,
  )
}

export const run: Run = async (options, [action, id]) => {
  if (action !== undefined && action !== 'show')
    throw new UserFault(`"rules ${action}" is not a command: use "rules" or "rules show ID".`)
  const rulebook = await loadRules(options.rules === undefined ? undefined : String(options.rules))
  process.stdout.write(action === 'show' ? show(find(rulebook, id)) : list(rulebook))
  return exitCodes.clean
}
