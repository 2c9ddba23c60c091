/** Whether code at the edge leaves a certificate's argument whole, seen from the topology alone; for checking only. */
import type { EdgeFunction, Link } from '#topology/model.ts'
import type { Certificate } from '../exposure.ts'

/** A sentence for each function with which the certificate says too little. */
export const edgeFaults = (link: Link, certificate: Certificate): readonly string[] => {
  const own = new Set(link.behaviors.flatMap(b => b.functions.map(f => f.arn)))
  const everyOne = link.distribution.behaviors.flatMap(b => b.functions)
  const rulesOut = certificate.obligations.some(o => o.kind === 'DIFFERENT_BACKEND')
  const asked = link.behaviors.flatMap(b => b.functions)
  return [
    ...asked.filter(f => changeOf(f) === 'possible').map(f => `${f.arn} may send requests to any host.`),
    ...everyOne
      .filter(f => rulesOut && changeOf(f) !== 'never' && !own.has(f.arn))
      .map(f => `${f.arn} may choose the origin for requests that its behaviours do not tell.`),
  ]
}

/** What was not read may do anything. */
const changeOf = ({ originChange }: EdgeFunction) => (originChange.known ? originChange.value : 'possible')
