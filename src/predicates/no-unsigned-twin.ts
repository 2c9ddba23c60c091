/** Is there no way through CloudFront to the signed objects that asks for no signature? */
import type { ProbeVerdict } from '#probe/exchange.ts'
import type { Twin, TwinPlace, Twins } from '#prove/exposure.ts'
import type { Link } from '#topology/model.ts'
import { type Answer, cite, type Evidence, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { excludedReadings } from './reading/path-readings.ts'
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

/** What would tell the readings of a twin apart. */
const experiment = ({ unsigned, unsignedPath, signed }: Twin): Evidence =>
  cite(
    unsigned,
    `to settle it, scan with probes, or ask for ${url(unsigned, unsignedPath)} without a signature: CloudFront answers 403 MissingKey if it takes the path for one of ${signed.pathPattern}; any answer of the origin, 403 or 404 too, shows the way around`,
  )

const spelled = (link: Link, twin: Twin, excluded: ReturnType<typeof excludedReadings>): Answer => {
  if (twin.outcome === 'certain') return no(...requests(twin))
  const gone = twin.readings.map(reading => excluded(reading))
  const [first] = gone
  if (first && twin.unsigned.arn === link.distribution.ref.arn && gone.every(g => g !== null))
    return yes({
      ...cite(
        twin.unsigned,
        `GET ${first.path} without a signature is refused by CloudFront itself, so that it does not read paths so that ${twin.unsigned.pathPattern} takes ${twin.unsignedPath}`,
      ),
      exchange: first.exchange,
    })
  return unseen([], ...requests(twin), ...(twin.readings.length > 0 ? [experiment(twin)] : []))
}

const answers = (link: Link, { found, more, reasons, apart }: Twins, probe: ProbeVerdict | null): Answer => {
  const own = link.distribution.ref
  const excluded = excludedReadings(link, probe?.signature?.spellings ?? [])
  const said = found.map(twin => spelled(link, twin, excluded))
  const open = reasons.length > 0 ? [undecided(reasons, own)] : []
  const hidden = more > 0 ? [unseen([], cite(own, `${more} further pairs of requests are not shown`))] : []
  const rest = `${apart} unsigned behaviours with the same backend lead to none of the objects that need a signature`
  return every([...said, ...probed(link, probe), ...open, ...hidden, yes(cite(own, rest))])
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
