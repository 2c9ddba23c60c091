/** The laboratory's DNS server: answers from a world's hosted zones and public names, on loopback. */
import { createSocket } from 'node:dgram'
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type Packet } from 'dns-packet'
import { normalName } from '#base/domain-name.ts'
import { types as resourceTypes } from '#snapshot/resource-types.ts'
import type { DnsEntry, World } from '../world.ts'

type RecordType = DnsEntry['type']

const types = ['A', 'AAAA', 'CNAME'] as const

const isAnswered = (type: string): type is RecordType => types.some(known => known === type)

interface ZoneRecord {
  readonly HostedZoneId: string
  readonly Name: string
  readonly Type: string
  readonly AliasTarget?: { readonly DNSName: string }
  readonly ResourceRecords?: readonly { readonly Value: string }[]
}

interface Zone {
  readonly Id: string
  readonly Config?: { readonly PrivateZone?: boolean }
}

/** Names that answer, and what they answer; an alias answers with the records of its target, as Route 53 does. */
interface Names {
  readonly direct: ReadonlyMap<string, readonly DnsEntry[]>
  /** By `type name`. */
  readonly aliases: ReadonlyMap<string, string>
  /** Every name that exists, also those that only have names below them. */
  readonly existing: ReadonlySet<string>
}

/** The records that the public sees: a private zone answers inside its VPC only. */
const publicRecords = ({ resources }: World): readonly ZoneRecord[] => {
  const configs = <T>(type: string) =>
    resources.filter(r => r.type === type).map(r => r.config as unknown as T)
  const hidden = new Set(
    configs<Zone>(resourceTypes.hostedZone).flatMap(zone =>
      zone.Config?.PrivateZone ? [zone.Id.replace('/hostedzone/', '')] : [],
    ),
  )
  return configs<ZoneRecord>(resourceTypes.recordSet).filter(record => !hidden.has(record.HostedZoneId))
}

const withParents = (name: string): readonly string[] => {
  const labels = name.split('.')
  return labels.map((_, i) => labels.slice(i).join('.'))
}

const namesOf = (world: World): Names => {
  const sets = publicRecords(world)
  const entries = [
    ...world.dns,
    ...sets.flatMap(({ Name, Type, ResourceRecords = [] }) =>
      isAnswered(Type)
        ? ResourceRecords.map(r => ({ name: normalName(Name), type: Type, value: normalName(r.Value) }))
        : [],
    ),
  ]
  const aliases = sets.flatMap(s =>
    s.AliasTarget ? [[`${s.Type} ${normalName(s.Name)}`, normalName(s.AliasTarget.DNSName)] as const] : [],
  )
  const all = [...world.dns.map(e => e.name), ...sets.map(s => normalName(s.Name))]
  return {
    direct: Map.groupBy(entries, e => e.name),
    aliases: new Map(aliases),
    existing: new Set(all.flatMap(withParents)),
  }
}

/** Longer chains are a mistake of the world. */
const deepest = 8

/** The name whose records answer for `name`: an alias may stand for another alias. */
const standsFor = ({ aliases }: Names, name: string, type: string): string => {
  let target = name
  for (let depth = 0; depth < deepest; depth++) target = aliases.get(`${type} ${target}`) ?? target
  return target
}

/** Answers for one question, CNAMEs first, and whether the last name of the chain exists. */
const answersFor = (
  names: Names,
  asked: string,
  type: string,
): { readonly answers: readonly Answer[]; readonly exists: boolean } => {
  const answers: Answer[] = []
  let name = normalName(asked)
  for (let depth = 0; depth < deepest; depth++) {
    const records = names.direct.get(standsFor(names, name, type)) ?? []
    for (const r of records) if (r.type === type) answers.push({ name, type: r.type, ttl: 60, data: r.value })
    const cname = records.find(r => r.type === 'CNAME')
    if (type === 'CNAME' || cname === undefined) return { answers, exists: names.existing.has(name) }
    answers.push({ name, type: 'CNAME', ttl: 60, data: cname.value })
    name = cname.value
  }
  return { answers, exists: true }
}

/** The IPv4 addresses that a name leads to in the world's public DNS. */
export const addressesIn = (world: World): ((name: string) => readonly string[]) => {
  const names = namesOf(world)
  return name => answersFor(names, name, 'A').answers.flatMap(a => (a.type === 'A' ? [a.data] : []))
}

const rcode = { noError: 0, nameError: 3 } as const

const reply = (names: Names, query: Packet): Buffer => {
  const question = query.questions?.[0]
  const { answers, exists } = question
    ? answersFor(names, question.name, question.type)
    : { answers: [], exists: true }
  return encode({
    type: 'response',
    id: query.id ?? 0,
    flags: AUTHORITATIVE_ANSWER | (exists ? rcode.noError : rcode.nameError),
    questions: query.questions ?? [],
    answers: [...answers],
  })
}

export interface DnsServer {
  /** `127.0.0.1:<port>`. */
  readonly address: string
  close(): Promise<void>
}

export const serveDns = async (world: World): Promise<DnsServer> => {
  const names = namesOf(world)
  const socket = createSocket('udp4')
  socket.on('message', (message, peer) => {
    try {
      socket.send(reply(names, decode(message)), peer.port, peer.address)
    } catch {
      // Not a DNS query: a server stays silent.
    }
  })
  await new Promise<void>(ready => socket.bind(0, '127.0.0.1', ready))
  return {
    address: `127.0.0.1:${socket.address().port}`,
    close: () => new Promise<void>(closed => socket.close(() => closed())),
  }
}
