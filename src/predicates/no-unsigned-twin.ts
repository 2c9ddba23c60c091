/** Is there no way through CloudFront to the signed objects that asks for no signature? */
import type { ProbeVerdict } from '#probe/exchange.ts'
import type { Twin, TwinPlace, Twins } from '#prove/exposure.ts'
import type { Link } from '#topology/model.ts'
import { type Answer, cite, type Evidence, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { undecided } from './reading/sisters.ts'

const url = ({ domains }: TwinPlace, path: string): string => `https://${domains.at(-1) ?? ''}${path}`

const requests = (twin: Twin): readonly Evidence[] => {
  const { kind, signed, unsigned, signedPath, unsignedPath, object, because } = twin
  const only = because.length === 0 ? '' : `, if ${because.join(', and ')}`
  const taken = `GET ${url(unsigned, unsignedPath)} is taken by behaviour ${unsigned.pathPattern} of ${unsigned.name}, which asks for no signature`
  const other =
    kind === 'order'
      ? `behaviour ${signed.pathPattern} of ${signed.name} asks for a signature on ${signedPath}, but comes later`
      : `GET ${url(signed, signedPath)} brings the same object, and behaviour ${signed.pathPattern} of ${signed.name} asks for a signature`
  return [cite(unsigned, `${taken}, and brings the object ${object}${only}`), cite(signed, other)]
}

/** What the probe saw of signed paths themselves; that it was refused everywhere is no more than a sign. */
const probed = (link: Link, probe: ProbeVerdict | null): readonly Answer[] => {
  if (probe?.signature === undefined) return []
  const { verdict, reason, exchanges } = probe.signature
  const seen: Evidence = { ...cite(link.distribution.ref, reason), exchange: exchanges[0] ?? null }
  if (verdict === 'confirmed') return [no(seen)]
  return verdict === 'blocked' ? [yes(seen)] : []
}

const answers = (link: Link, { found, reasons, apart }: Twins, probe: ProbeVerdict | null): Answer => {
  const own = link.distribution.ref
  const said = found.map(twin =>
    twin.outcome === 'certain' ? no(...requests(twin)) : unseen([], ...requests(twin)),
  )
  const open = reasons.length > 0 ? [undecided(reasons, own)] : []
  const rest = `${apart} unsigned behaviours with the same backend lead to none of the objects that need a signature`
  return every([...said, ...probed(link, probe), ...open, yes(cite(own, rest))])
}

export const noUnsignedTwin = predicate<'link'>({
  question: 'Do all ways through CloudFront to the signed objects ask for a signature?',
  subjects: ['link'],
  ask: ({ link }, _, facts) => {
    const exposure = facts.exposureOf(link)
    return exposure === null
      ? unseen([], cite(link.distribution.ref, 'the link was not proven'))
      : answers(link, exposure.twins, facts.probeOf(link))
  },
})
