/** How CloudFront connects to an origin: over plain HTTP, over TLS, and on which ports. */
import { or, type Truth } from '#base/truth.ts'
import type { Behavior, Link } from '#topology/model.ts'

export interface OriginConnection {
  /** `http-only`, `https-only`, `match-viewer`, or a value of a later API; null where none was read. */
  readonly policy: string | null
  readonly http: Truth
  readonly https: Truth
  readonly httpPort: number
  readonly httpsPort: number
}

/** Whether viewers may come over plain HTTP; a redirect answers at the edge and never reaches the origin. */
export const allowsHttp = ({ viewerProtocolPolicy }: Pick<Behavior, 'viewerProtocolPolicy'>): Truth => {
  if (viewerProtocolPolicy === 'allow-all') return true
  return viewerProtocolPolicy === 'https-only' || viewerProtocolPolicy === 'redirect-to-https'
    ? false
    : 'unknown'
}

const spoken = (policy: string | null, link: Link): Pick<OriginConnection, 'http' | 'https'> => {
  if (policy === 'http-only') return { http: true, https: false }
  if (policy === 'https-only') return { http: false, https: true }
  if (policy !== 'match-viewer') return { http: 'unknown', https: 'unknown' }
  return { http: or(...link.behaviors.map(allowsHttp)), https: link.behaviors.length > 0 }
}

/** A VPC origin carries its own ports and policy; the origin's are used where it has them. */
export const connectionOf = (link: Link): OriginConnection => {
  const { origin, target } = link
  const vpc = target.kind === 'load-balancer' ? target.vpcOrigin : null
  const policy = vpc?.protocolPolicy ?? origin.protocolPolicy
  const { httpPort, httpsPort } = vpc ?? origin
  return { policy, httpPort, httpsPort, ...spoken(policy, link) }
}
