/** The listeners that end CloudFront's TLS connection to an origin. */
import type { Known } from '#base/known.ts'
import { mapKnown } from '#base/known.ts'
import type { Link, Listener, LoadBalancer } from '#topology/model.ts'
import { connectionOf } from './ports.ts'

const encrypted = new Set(['HTTPS', 'TLS', 'SSL'])

/** Whether the listener shows a certificate of its own; one that passes TCP through leaves that to the targets. */
export const endsTls = ({ protocol }: Pick<Listener, 'protocol'>): boolean => encrypted.has(protocol)

export const tlsListenersFor = (link: Link, loadBalancer: LoadBalancer): Known<readonly Listener[]> => {
  const { httpsPort } = connectionOf(link)
  return mapKnown(loadBalancer.listeners, all => all.filter(l => l.port === httpsPort && endsTls(l)))
}
