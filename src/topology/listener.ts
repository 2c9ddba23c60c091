/** The listeners of an application, network or gateway load balancer. */
import { compareText } from '#base/canonical.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call } from './calls.ts'
import { certificateNamed } from './certificate.ts'
import { integerAt, isMissing, listAt, textAt } from './config.ts'
import { allKnown, type Facts, listed, lookUp, misread, refOf } from './facts.ts'
import type { Certificate, Listener } from './model.ts'
import { rulesOf } from './rule.ts'
import { targetGroupNamed } from './target-group.ts'

const secure = ['HTTPS', 'TLS']

/** Default certificate first, the others by ARN. */
const certificatesOf = (
  facts: Facts,
  listener: LocatedResource,
  protocol: string,
): Known<readonly Known<Certificate>[]> => {
  if (!secure.includes(protocol)) return known([])
  const asked = call('DescribeListenerCertificates', listener.arn, listener)
  const record = lookUp(facts, types.listenerCertificates, listener.arn, asked)
  if (!record.known) return record
  const arnsOf = (list: readonly unknown[] | undefined) => list?.map(c => textAt(c, 'CertificateArn'))
  const own = arnsOf(listAt(listener.config, 'Certificates')) ?? []
  const all = arnsOf(listAt(record.value.config, 'Certificates'))
  const readable = all?.filter(arn => arn !== undefined)
  if (readable === undefined || readable.length !== all?.length)
    return unobserved(misread(record.value, 'the certificates cannot be read'))
  const first = own.filter(arn => arn !== undefined)
  return known(
    [...new Set([...first, ...readable.toSorted()])].map(arn => certificateNamed(facts, arn, listener)),
  )
}

const modes = ['off', 'passthrough', 'verify'] as const

/** A trust store that its owner took away leaves the mode as it was, but what it then admits is not documented. */
const mutualTlsOf = (listener: LocatedResource): Listener['mutualTls'] => {
  const { config } = listener
  if (isMissing(config, 'MutualAuthentication')) return 'off'
  const status = textAt(config, 'MutualAuthentication', 'TrustStoreAssociationStatus')
  const mode = modes.find(m => m === textAt(config, 'MutualAuthentication', 'Mode'))
  if (mode === 'off' || mode === 'passthrough') return mode
  return mode === undefined || (status !== undefined && status !== 'active') ? 'unknown' : mode
}

const buildListener = (
  facts: Facts,
  listener: LocatedResource,
  balancer: LocatedResource,
): Known<Listener> => {
  const port = integerAt(listener.config, 'Port')
  const protocol = textAt(listener.config, 'Protocol')
  if (port === undefined || protocol === undefined)
    return unobserved(misread(listener, 'the port or protocol cannot be read'))
  return known({
    ref: refOf(listener, `${protocol}:${port}`),
    port,
    protocol,
    sslPolicy: textAt(listener.config, 'SslPolicy') ?? null,
    certificates: certificatesOf(facts, listener, protocol),
    mutualTls: mutualTlsOf(listener),
    rules: rulesOf(facts, listener, arn => targetGroupNamed(facts, arn, balancer)),
  })
}

/** By port. One listener that cannot be read hides them all, since it may be a way in. */
export const listenersOf = (facts: Facts, balancer: LocatedResource): Known<readonly Listener[]> => {
  const found = facts.where(types.listener, 'LoadBalancerArn', balancer.arn)
  const listeners = listed(facts, call('DescribeListeners', balancer.arn, balancer), found)
  if (!listeners.known) return listeners
  const built = allKnown(listeners.value.map(listener => buildListener(facts, listener, balancer)))
  return built.known
    ? known(built.value.toSorted((a, b) => a.port - b.port || compareText(a.ref.arn, b.ref.arn)))
    : built
}
