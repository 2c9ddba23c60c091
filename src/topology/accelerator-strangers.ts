/** Accelerators whose ways are not read: those with custom routing, and those of other accounts. */
import type { Gap } from '#base/gap.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, gapAbout, type Place } from './calls.ts'
import { flagAt, listAt, textAt, textsAt } from './config.ts'
import { type Facts, hidden, misread } from './facts.ts'
import { isAt } from './places.ts'

/** It leads to every instance and interface of the subnets it names. */
const customRouting = (facts: Facts, place: Place): readonly Gap[] => {
  const asked = call('ListCustomRoutingAccelerators', '*', place)
  const all = facts.byType(types.customRoutingAccelerator).filter(one => isAt(place, one))
  return [
    ...hidden(facts, asked, all.length),
    ...all
      .filter(({ config }) => flagAt(config, 'Enabled') !== false)
      .map(one => misread(one, 'an accelerator with custom routing, whose subnets are not looked into')),
  ]
}

/** An account id, or the ARN of an accelerator. */
const accountOf = (principal: string): string => principal.split(':')[4] ?? principal

const shared = (facts: Facts, attachment: LocatedResource): readonly Gap[] => {
  const principals = textsAt(attachment.config, 'Principals')
  const resources = listAt(attachment.config, 'Resources')
  if (principals === undefined || resources === undefined)
    return [misread(attachment, 'what the account shares with accelerators of others cannot be read')]
  const read = facts.snapshot.head.accounts
  const strangers = [...new Set(principals.map(accountOf))].filter(account => !read.includes(account))
  if (strangers.length === 0) return []
  return resources.flatMap(resource => {
    const target = textAt(resource, 'EndpointId')
    if (target === undefined) return []
    const region = textAt(resource, 'Region') ?? target.split(':')[3] ?? ''
    const asked = call('ListAccelerators', target, { account: attachment.account, region })
    const message = `${attachment.arn} lets accelerators of ${strangers.join(', ')} lead to ${target}: scan those accounts to close this gap.`
    return [gapAbout(asked, 'not-read', message)]
  })
}

const attachments = (facts: Facts, place: Place): readonly Gap[] => {
  const asked = call('ListCrossAccountAttachments', '*', place)
  const all = facts.byType(types.acceleratorAttachment).filter(one => isAt(place, one))
  return [...hidden(facts, asked, all.length), ...all.flatMap(one => shared(facts, one))]
}

/** What may lead to the account's load balancers and instances without being seen. */
export const strangersOf = (facts: Facts, place: Place): readonly Gap[] => [
  ...customRouting(facts, place),
  ...attachments(facts, place),
]
