/** The picture of a link: the way in through the edge, and each way around it as far as it gets. */
import type { LinkResult } from '#findings/result.ts'
import type { Estate } from '../estate.ts'
import { edgeFirewallRule } from '../rule-names.ts'
import { type Sight, sightsOf, type Verdict } from '../terms.ts'
import { capital, locksOf, vantageWords } from '../words.ts'
import { icon } from './badge.ts'
import { type Html, markup } from './markup.ts'

/** What a request of this vantage meets in front of the origin. */
const obstacle = ({ exposure }: Sight): string => {
  const words: Readonly<Record<Verdict, string>> = {
    open: 'No lock',
    guessable: 'Weak value',
    authenticated: 'Login',
    unknown: 'Not observed',
    closed: `Closed: ${locksOf(exposure)[0] ?? 'proved'}`,
  }
  return words[exposure.verdict]
}

const obstacleIcons = {
  open: 'open',
  guessable: 'weak',
  authenticated: 'key',
  unknown: 'ask',
  closed: 'cross',
} as const

/** The web ACL at the edge, as far as a rule looked at it. */
const firewall = (estate: Estate, link: LinkResult): string | null => {
  const rule = estate.rules.get(edgeFirewallRule)
  const finding = estate.findingOn(edgeFirewallRule, link.distribution)
  if (finding) return finding.outcome === 'violated' ? 'no web ACL' : 'web ACL unknown'
  // No finding means satisfied or inapplicable; only where nothing was inapplicable is that a statement.
  return rule && rule.outcomes.inapplicable === 0 ? 'web ACL attached' : null
}

/** The lock that lets the edge in and others not: the one against tenants, who can do more than other hosts. */
const lock = (link: LinkResult): { readonly text: string; readonly verdict: Verdict } => {
  const { internet, tenant } = link.exposure
  if (link.originKind === 'vpc-origin') return { text: 'VPC origin', verdict: 'closed' }
  const held = [tenant, internet].find(exposure => exposure.verdict === 'closed')
  if (held) return { text: capital(locksOf(held)[0] ?? 'Locked'), verdict: 'closed' }
  const exposure = tenant.verdict === 'open' ? internet : tenant
  return { text: obstacle({ vantage: 'tenant', exposure }), verdict: exposure.verdict }
}

const lockIcon = (verdict: Verdict) => (verdict === 'closed' ? 'lock' : obstacleIcons[verdict])

const wayIn = (estate: Estate, link: LinkResult): Html => {
  const gate = lock(link)
  const acl = firewall(estate, link)
  return markup`<li class="lane in"><span class="n">Viewers</span><i class="w"></i><span class="n e">CloudFront<small>${link.distribution}</small>${acl && markup`<small>${acl}</small>`}</span><i class="w"></i><span class="g">${icon(lockIcon(gate.verdict))}${gate.text}</span><i class="w a"></i></li>`
}

const wayAround = (sight: Sight): Html => {
  const { verdict } = sight.exposure
  return markup`<li class="lane around v-${verdict}"><span class="n">${capital(vantageWords[sight.vantage])}</span><i class="w"></i><span class="g">${icon(obstacleIcons[verdict])}${obstacle(sight)}</span><i class="w a"></i></li>`
}

/** One sentence with the same content, for those who cannot see the picture. */
const caption = (link: LinkResult): string =>
  `Ways to ${link.originDomainName}. Through CloudFront ${link.distribution}: lock: ${lock(link).text}. Around it: ${sightsOf(
    link,
  )
    .map(s => `${vantageWords[s.vantage]}: ${s.exposure.verdict}, ${obstacle(s).toLowerCase()}`)
    .join('; ')}.`

/** The target group a witness ends at, where there is one. */
const backend = (link: LinkResult): string | null => {
  for (const { exposure } of sightsOf(link)) {
    const target = exposure.witness?.route.find(step => step.kind === 'target')
    if (target) return target.text
  }
  return null
}

export const picture = (estate: Estate, link: LinkResult): Html => {
  const end = backend(link)
  return markup`<figure class="pic"><figcaption class="vh">${caption(link)}</figcaption><div class="scene" aria-hidden="true"><ul class="lanes">${[wayIn(estate, link), ...sightsOf(link).map(wayAround)]}</ul><div class="dest"><span class="n o">${link.target?.name ?? link.origin}<small>${link.originKind}</small>${link.target && markup`<small>${link.target.region}</small>`}</span><i class="w a"></i><span class="n t">Backend${end !== null && markup`<small>${end}</small>`}</span></div></div></figure>`
}
