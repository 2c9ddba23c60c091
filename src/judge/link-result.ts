/** A link as the result shows it. */
import type { ExposureResult, LinkResult } from '#findings/result.ts'
import type { Facts } from '#predicates/asking/facts.ts'
import type { Exposure } from '#prove/exposure.ts'
import type { Fix } from '#prove/fix/edit.ts'
import type { Sisters } from '#prove/sister.ts'
import type { Link } from '#topology/model.ts'

const unproven: ExposureResult = {
  verdict: 'unknown',
  witness: null,
  certificate: null,
  gaps: [{ kind: 'not-modelled', message: 'The link was not proven.' }],
}

const shown = ({ reasons, ...exposure }: Exposure): ExposureResult => ({ ...exposure, gaps: reasons })

const sistersShown = ({ reasons, ...sisters }: Sisters): LinkResult['sisters'] => ({
  ...sisters,
  gaps: reasons,
})

const notCompared: LinkResult['sisters'] = { found: [], more: 0, asStrict: 0, gaps: unproven.gaps }

const unprobed: LinkResult['probe'] = {
  verdict: 'not-probed',
  code: 'not-planned',
  reason: 'No probe was planned for this link.',
  exchanges: [],
}

const targetOf = ({ target }: Link): LinkResult['target'] => {
  const ref =
    target.kind === 'load-balancer'
      ? target.loadBalancer.ref
      : target.kind === 'instance'
        ? target.ref
        : target.kind === 'bucket'
          ? target.bucket?.ref
          : target.kind === 'api'
            ? target.api.ref
            : null
  if (!ref) return null
  return { type: ref.type, arn: ref.arn, name: ref.name, region: ref.region }
}

export const linkResult = (link: Link, facts: Facts, fix: Fix | null): LinkResult => {
  const { distribution, origin, behaviors } = link
  const exposure = facts.exposureOf(link)
  return {
    id: link.id,
    distribution: distribution.id,
    distributionArn: distribution.ref.arn,
    names: [distribution.domainName, ...distribution.aliases],
    account: distribution.ref.account,
    origin: origin.id,
    originDomainName: origin.domainName,
    originKind: origin.kind,
    line: distribution.ref.line,
    behaviors: behaviors.map(b => b.pathPattern),
    target: targetOf(link),
    exposure: {
      internet: exposure ? shown(exposure.internet) : unproven,
      tenant: exposure ? shown(exposure.tenant) : unproven,
      inside: exposure?.inside ? shown(exposure.inside) : null,
    },
    sisters: exposure ? sistersShown(exposure.sisters) : notCompared,
    probe: facts.probeOf(link) ?? unprobed,
    fix,
  }
}
