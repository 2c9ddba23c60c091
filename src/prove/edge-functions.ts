/** Code at the edge may send requests where no origin says so: with it, a link is not proven. */
import type { Behavior, EdgeFunction, Link } from '#topology/model.ts'
import type { Certificate, Exposure, Reason } from './exposure.ts'
import { distinctReasons, gapReasons, notModelled } from './uncertainty.ts'

/**
 * The exposure of a link, held back where a proof would leave out what edge functions do. What is open stays open: the
 * request that shows it does not pass the edge.
 */
export const withEdgeFunctions = (link: Link, exposure: Exposure): Exposure => {
  if (exposure.certificate === null) return exposure
  const reasons = distinctReasons([...straying(link), ...joining(link, exposure.certificate)])
  return reasons.length === 0 ? exposure : { verdict: 'unknown', witness: null, certificate: null, reasons }
}

/** Functions that may take the link's requests to a backend that is not the origin's. */
const straying = ({ behaviors }: Link): readonly Reason[] =>
  behaviors.flatMap(behavior =>
    behavior.functions.flatMap(f =>
      mayLeave(f) ? reasonsFor(f, behavior, 'may send requests to a host that is none of its origins') : [],
    ),
  )

/**
 * Functions of other behaviours that may choose this origin. Then it serves requests that its own behaviours do not tell,
 * and which targets are not its own is not certain.
 */
const joining = ({ distribution, behaviors }: Link, { obligations }: Certificate): readonly Reason[] =>
  obligations.every(o => o.kind !== 'DIFFERENT_BACKEND')
    ? []
    : distribution.behaviors
        .filter(behavior => !behaviors.includes(behavior))
        .flatMap(behavior =>
          behavior.functions.flatMap(f =>
            mayChoose(f) ? reasonsFor(f, behavior, 'may send its requests to this origin too') : [],
          ),
        )

const mayLeave = ({ originChange }: EdgeFunction): boolean =>
  !originChange.known || originChange.value === 'possible'

/** Whether it may choose another origin than its behaviour's, be it one of the distribution. */
export const mayChoose = ({ originChange }: EdgeFunction): boolean =>
  !originChange.known || originChange.value !== 'never'

const reasonsFor = (
  { arn, originChange, note }: EdgeFunction,
  behavior: Behavior,
  what: string,
): readonly Reason[] =>
  originChange.known
    ? [notModelled(`${arn} of behaviour ${behavior.pathPattern} ${what}: ${note}.`)]
    : gapReasons(originChange.gaps)
