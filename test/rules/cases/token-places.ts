/** Worlds for the rules about where else a token is: in clear, or with somebody else. */
import type { Gap } from '#base/gap.ts'
import { known } from '#base/known.ts'
import type { PlaintextSighting } from '#topology/model.ts'
import {
  aGap,
  aLoadBalancer,
  aRef,
  aWorld,
  gated,
  glob,
  lost,
  patternOf,
  sent,
  tokenHeader,
  toLoadBalancer,
  unread,
  type World,
} from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'
import { taking } from './edge.ts'
import { bare, external, open, sends, two, weak } from './token-parts.ts'

const sighting = (name: string, more: Partial<PlaintextSighting> = {}): PlaintextSighting => ({
  ref: aRef('Originproof::PlaintextSighting', 'function:app'),
  kind: 'lambda-environment',
  key: 'ORIGIN_TOKEN',
  whole: true,
  fingerprints: known([sent(name).folded]),
  ...more,
})

const searched = (
  world: World,
  items: readonly PlaintextSighting[] = [],
  gaps: readonly Gap[] = [],
): World => ({ ...world, topology: { ...world.topology, plaintext: { items, gaps } } })

const inClear: Cases[string] = [
  {
    name: 'a function has it as a variable',
    world: searched(aWorld([{}]), [sighting('t')]),
    outcome: 'violated',
    says: 'the environment variable ORIGIN_TOKEN of function:app',
  },
  {
    name: 'a template holds it among other things',
    world: searched(aWorld([{}]), [sighting('t', { kind: 'stack-template', key: '', whole: false })]),
    outcome: 'violated',
    says: 'stands in the template of',
  },
  {
    name: 'a place of a kind that a later version knows holds it',
    world: searched(aWorld([{}]), [sighting('t', { kind: 'unrecognised' })]),
    outcome: 'violated',
    says: 'ORIGIN_TOKEN of function:app',
  },
  {
    name: 'a value that the gate still accepts stands in clear',
    world: searched(aWorld([{ target: taking('t', 'before') }]), [sighting('before')]),
    outcome: 'violated',
  },
  {
    name: 'it stands in clear in one region, and another was denied',
    world: searched(aWorld([{}]), [sighting('t')], [aGap('ListStacks')]),
    outcome: 'violated',
  },
  {
    name: 'nothing holds it',
    world: searched(aWorld([{}])),
    outcome: 'satisfied',
  },
  {
    name: 'a place holds the secret of another origin',
    world: searched(aWorld([{}]), [sighting('other')]),
    outcome: 'satisfied',
  },
  {
    name: 'a source was denied',
    world: searched(aWorld([{}]), [], [aGap('ListStacks')]),
    outcome: 'unknown',
  },
  {
    name: 'which secret stands in a place cannot be read',
    world: searched(aWorld([{}]), [sighting('t', { fingerprints: unread() })]),
    outcome: 'unknown',
  },
  { name: 'nobody asked for it', world: aWorld([{}]), outcome: 'inapplicable' },
  { name: 'no secret is sent', world: searched(aWorld([{ origin: bare }])), outcome: 'inapplicable' },
]

const outside = { domainName: 'host.example.net' }

const thirdParty: Cases[string] = [
  {
    name: 'a host outside is sent the token of a load balancer',
    world: two({ origin: sends('t') }, { origin: { ...outside, ...sends('t') }, target: external }),
    outcome: 'violated',
    says: 'opens rule',
    beside: 'satisfied',
  },
  {
    name: 'it is sent in another header than the gate looks at',
    world: two(
      { origin: sends('t') },
      { origin: { ...outside, headers: [{ name: 'x-api-token', value: sent('t') }] }, target: external },
    ),
    outcome: 'violated',
    beside: 'satisfied',
  },
  {
    name: 'a gate takes it by a wildcard',
    world: aWorld(
      [
        {
          origin: { ...outside, headers: [{ name: tokenHeader, value: sent('t', {}, [patternOf('t*')]) }] },
          target: external,
        },
      ],
      {
        more: [aLoadBalancer({ name: 'own', listeners: [gated(glob('t*', { structure: [1, '*'] }))] })],
      },
    ),
    outcome: 'violated',
  },
  {
    name: 'a weak value of a gate is sent to a host outside',
    world: two(
      { origin: sends('t') },
      { origin: { ...outside, headers: [{ name: tokenHeader, value: sent('t', weak) }] }, target: external },
    ),
    outcome: 'violated',
    beside: 'satisfied',
  },
  {
    name: 'an origin of the account is sent it, which no gate compares',
    world: two(
      { origin: sends('u'), target: open },
      { origin: { ...outside, ...sends('u') }, target: external },
    ),
    outcome: 'violated',
    says: 'E1FIRST',
    beside: 'satisfied',
  },
  {
    name: 'whoever takes a name that leads nowhere receives it',
    world: two(
      { origin: sends('t') },
      {
        origin: { ...outside, ...sends('t') },
        target: { kind: 'dangling', names: ['host.example.net'], reason: 'no such name exists' },
      },
    ),
    outcome: 'violated',
    beside: 'satisfied',
  },
  {
    name: 'a host outside has a token of its own',
    world: two({ origin: sends('t') }, { origin: { ...outside, ...sends('theirs') }, target: external }),
    outcome: 'satisfied',
  },
  {
    name: 'a setting is shared',
    world: two(
      { origin: { headers: [{ name: 'x-env', value: sent('production', weak) }] }, target: open },
      {
        origin: { ...outside, headers: [{ name: 'x-env', value: sent('production', weak) }] },
        target: external,
      },
    ),
    outcome: 'satisfied',
  },
  {
    name: 'whose the origin is could not be told, and its value opens a gate',
    world: aWorld([{ origin: { ...outside, ...sends('t') }, target: lost }], {
      more: [aLoadBalancer({ name: 'own' })],
    }),
    outcome: 'unknown',
  },
  {
    name: 'the gates of a load balancer were not read',
    world: aWorld([{ origin: { ...outside, ...sends('t') }, target: external }], {
      more: [aLoadBalancer({ name: 'own', listeners: unread('DescribeListeners') })],
    }),
    outcome: 'unknown',
  },
  {
    name: 'a distribution with the same value leads to an unknown target',
    world: aWorld([
      { id: 'E1FIRST', origin: { ...outside, ...sends('u') }, target: external },
      { id: 'E2SECOND', origin: { domainName: 'lost.example.com', ...sends('u') }, target: lost },
    ]),
    outcome: 'unknown',
    beside: 'satisfied',
  },
  {
    name: 'whether it opens a gate is not documented',
    world: aWorld(
      [
        {
          origin: {
            ...outside,
            headers: [{ name: tokenHeader, value: sent('z', { mayMeet: [patternOf('t')] }) }],
          },
          target: external,
        },
      ],
      { more: [aLoadBalancer({ name: 'own' })] },
    ),
    outcome: 'unknown',
  },
  {
    name: 'no header is added',
    world: aWorld([{ origin: bare, target: toLoadBalancer() }]),
    outcome: 'inapplicable',
  },
]

const echo = {
  header: tokenHeader,
  value: 'sealed:aaaaaaaa',
  form: 'base64',
  where: 'body',
  exchange: 'E1/app#3',
} as const

const echoed: Cases[string] = [
  {
    name: 'B96: a page gives the value back',
    world: aWorld([{ origin: sends('t'), probe: 'blocked', echoes: [echo] }]),
    outcome: 'violated',
    says: 'in its body, as Base64',
  },
  {
    name: 'no page that was asked for does',
    world: aWorld([{ origin: sends('t'), probe: 'inconclusive', echoes: [] }]),
    outcome: 'satisfied',
  },
  {
    name: 'the edge answered nothing that could be looked through',
    world: aWorld([{ origin: sends('t'), probe: 'inconclusive' }]),
    outcome: 'inapplicable',
  },
  { name: 'nothing was probed', world: aWorld([{ origin: sends('t') }]), outcome: 'inapplicable' },
  {
    name: 'no secret is sent',
    world: aWorld([{ origin: bare, probe: 'blocked', echoes: [] }]),
    outcome: 'inapplicable',
  },
  {
    name: 'the distribution is disabled',
    world: aWorld([
      { origin: sends('t'), probe: 'blocked', echoes: [echo], distribution: { enabled: false } },
    ]),
    outcome: 'inapplicable',
  },
]

export const tokenPlaceCases: Cases = {
  'token-not-echoed': echoed,
  'token-not-in-clear': inClear,
  'token-not-shared-with-third-party': thirdParty,
}
