/**
 * Which web ACL each application load balancer of a region has, asked from the side that costs fewer calls.
 *
 * With B load balancers, W web ACLs in the region and K of those in use: asking each load balancer costs B calls and
 * brings the web ACL itself; asking the web ACLs costs 1 + W + K (a further call per page of 100). B and K are small
 * where it matters, so up to two load balancers are asked directly; for more the web ACLs are listed, and asked where
 * 1 + W + min(W, B) is less than B. Worst case: the one list call more than the least.
 */
import { types } from '#snapshot/resource-types.ts'
import { getWebAclForResource, listResourcesForWebAcl, listWebAcls } from './operations/wafv2.ts'
import { distinct, type Reader } from './reader.ts'
import type { WebAcls } from './web-acls.ts'

export async function readAssociations(
  reader: Reader,
  webAcls: WebAcls,
  region: string,
  balancers: readonly string[],
): Promise<void> {
  const found = balancers.length > 2 ? await fromAcls(reader, region, balancers) : new Map()
  await Promise.all([
    ...balancers.map(arn =>
      found.has(arn)
        ? note(reader, region, listResourcesForWebAcl, arn, found.get(arn))
        : askBalancer(reader, webAcls, region, arn),
    ),
    ...distinct(found.values()).map(webAcls.read),
  ])
}

type Associations = ReadonlyMap<string, string | undefined>

const none: Associations = new Map()

/** Load balancer to web ACL, as far as the web ACLs tell; empty where asking them costs more. */
const fromAcls = async (
  { ask }: Reader,
  region: string,
  balancers: readonly string[],
): Promise<Associations> => {
  const acls = await ask(listWebAcls, { region, input: { Scope: 'REGIONAL' as const, Limit: 100 } })
  const arns = distinct(acls.items.map(({ ARN }) => ARN))
  const cheaper = 1 + arns.length + Math.min(arns.length, balancers.length) < balancers.length
  if (!acls.complete || !cheaper) return none
  const answers = await Promise.all(
    arns.map(async arn => {
      const input = { WebACLArn: arn, ResourceType: 'APPLICATION_LOAD_BALANCER' as const }
      const answer = await ask(listResourcesForWebAcl, { region, input, about: arn })
      return { arn, ...answer }
    }),
  )
  const found = new Map(answers.flatMap(({ arn, items }) => items.map(resource => [resource, arn] as const)))
  const whole = answers.every(({ complete }) => complete)
  // Who is on no list has no web ACL, provided that no list is missing.
  return new Map(balancers.flatMap(arn => (found.has(arn) || whole ? [[arn, found.get(arn)] as const] : [])))
}

const note = (
  { journal }: Reader,
  region: string,
  operation: typeof listResourcesForWebAcl | typeof getWebAclForResource,
  arn: string,
  acl: string | undefined,
): void => {
  const config = { ResourceArn: arn, WebACLArn: acl ?? null }
  journal.keep(operation, { type: types.webAclAssociation, arn, region, config })
}

const askBalancer = async (reader: Reader, webAcls: WebAcls, region: string, arn: string): Promise<void> => {
  const input = { ResourceArn: arn }
  const { items, complete } = await reader.ask(getWebAclForResource, { region, input, about: arn })
  if (!complete) return
  note(reader, region, getWebAclForResource, arn, items[0]?.ARN)
  for (const acl of items) await webAcls.note(getWebAclForResource, acl)
}
