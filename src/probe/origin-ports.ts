/** The ports and schemes that CloudFront uses towards an origin. */
import type { Link } from '#topology/model.ts'
import type { Door } from './entry.ts'

type PortAndScheme = Pick<Door, 'port' | 'scheme'>

/** The port and scheme that CloudFront itself uses; HTTPS where the viewer decides. */
export const ownPort = ({ origin }: Link): PortAndScheme =>
  origin.protocolPolicy === 'http-only'
    ? { port: origin.httpPort, scheme: 'http' }
    : { port: origin.httpsPort, scheme: 'https' }

/** Every one that it may use, `ownPort` first. */
export const ownPorts = (link: Link): readonly [PortAndScheme, ...PortAndScheme[]] => {
  const { protocolPolicy, httpPort } = link.origin
  const either = protocolPolicy !== 'http-only' && protocolPolicy !== 'https-only'
  return [ownPort(link), ...(either ? [{ port: httpPort, scheme: 'http' } as const] : [])]
}
