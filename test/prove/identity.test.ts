/** Doors that hide: a listener for datagrams, and a machine that two target groups know under two names. */
import { expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { checkCertificate } from '#prove/check.ts'
import { proveLinks } from '#prove/prove.ts'
import type { TargetGroup, TargetHost } from '#topology/model.ts'
import {
  admit,
  alb,
  fixed,
  forward,
  group,
  linkTo,
  listener,
  otherwise,
  rule,
  seal,
  sent,
  strong,
  subnet,
  token,
  topologyOf,
} from './build.ts'

/** An instance with a second address, as pods have one on their node. */
const machine = (target: string): TargetHost => ({
  ref: { ...subnet().ref, arn: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-app' },
  ids: ['i-app', '10.0.0.5', '10.0.0.6'],
  publicAddresses: [],
  arrivals: [{ target, at: target === 'i-app' ? 'vpc-1/10.0.0.5' : `vpc-1/${target}` }],
  securityGroupIds: [],
  ingress: known([]),
  subnet: known(subnet()),
})
const named = (name: string, target: string): TargetGroup => ({
  ...group(name, known([target])),
  hosts: known([machine(target.slice(0, target.lastIndexOf(':')))]),
})
const gated = alb([
  listener([rule(1, [token(strong)], forward(named('own', 'i-app:80'))), otherwise(fixed())]),
])
const beside = (target: string) => {
  const more = {
    dnsName: 'old.eu-west-1.elb.amazonaws.com',
    ref: { ...gated.ref, arn: `${gated.ref.arn}old` },
  }
  return alb([listener([otherwise(forward(named('old', target)))])], more)
}
const internetOf = (target: string) => {
  const link = linkTo(gated, {
    headers: [{ name: 'X-Token', value: sent(strong, [['X-Token', seal(strong)]]) }],
  })
  const topology = topologyOf([link], {}, beside(target))
  return proveLinks(topology)[0]?.internet
}

test('a machine registered by its id is the same one by its address', () => {
  expect(internetOf('10.0.0.5:80')).toMatchObject({ verdict: 'open' })
})

test('another address of the machine, as that of another pod on the node, is another target', () => {
  expect(internetOf('10.0.0.6:80')).toMatchObject({ verdict: 'closed' })
})

test('another port of the machine is another target', () => {
  expect(internetOf('10.0.0.5:9000')).toMatchObject({ verdict: 'closed' })
})

test('a listener for datagrams that the network may let in is not proven by rules for TCP', () => {
  const front = (protocol: string, by: string) =>
    alb([listener([otherwise(forward())], { protocol })], {
      kind: 'network',
      ingress: known([{ ...admit('0.0.0.0/0'), protocol: by }]),
    })
  const verdict = (protocol: string, by: string) => {
    const link = linkTo(front(protocol, by))
    return proveLinks(topologyOf([link]))[0]?.internet.verdict
  }
  expect(verdict('QUIC', 'udp')).toBe('unknown')
  expect(verdict('TCP_UDP', '17')).toBe('unknown')
  expect(verdict('TCP', 'udp')).toBe('closed')
  expect(verdict('QUIC', 'icmp')).toBe('closed')
})

test('the check refuses a certificate once a listener takes datagrams', () => {
  const before = alb([listener([otherwise(forward())], { protocol: 'TCP' })], {
    kind: 'network',
    ingress: known([{ ...admit('0.0.0.0/0'), protocol: 'udp' }]),
  })
  const link = linkTo(before)
  const certificate = proveLinks(topologyOf([link]))[0]?.internet.certificate
  if (!certificate) throw new Error('The link is not closed.')
  const listeners = known([listener([otherwise(forward())], { protocol: 'TCP_UDP' })])
  const changed = linkTo({ ...before, listeners })
  expect(checkCertificate(topologyOf([changed]), changed, 'internet', certificate)).not.toEqual([])
})
