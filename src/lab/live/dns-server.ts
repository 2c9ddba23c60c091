/** The laboratory's DNS server: answers from a world's hosted zones and public names, on loopback. */
import { createSocket } from 'node:dgram'
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type Packet } from 'dns-packet'
import { normalName } from '#base/domain-name.ts'
import { types } from '#snapshot/resource-types.ts'
import type { DnsEntry, World } from '../world.ts'

type RecordType = DnsEntry['type']

interface ZoneRecord {
  readonly Name: string
  readonly Type: string
  readonly AliasTarget?: { readonly DNSName: string }
  readonly ResourceRecords?: readonly { readonly Value: string }[]
}

/** Names that answer, and what they answer; an alias answers with the records of its target, as Route 53 does. */
interface Names {
  readonly direct: ReadonlyMap<string, readonly DnsEntry[]>
  readonly aliases: ReadonlyMap<string, string>
}

const namesOf = (world: World): Names => {
  const sets = world.resources
    .filter(r => r.type === types.recordSet)
    .map(r => r.config as unknown as ZoneRecord)
  const entries = [
    ...world.dns,
    ...sets.flatMap(set =>
      (set.ResourceRecords ?? []).map(r => ({
        name: normalName(set.Name),
        type: set.Type as RecordType,
        value: normalName(r.Value),
      })),
    ),
  ]
  const direct = Map.groupBy(entries, e => e.name)
  const aliases = new Map(
    sets.flatMap(s =>
      s.AliasTarget ? [[`${s.Type} ${normalName(s.Name)}`, normalName(s.AliasTarget.DNSName)] as const] : [],
    ),
  )
  return { direct, aliases }
}

/** Answers for one question, CNAMEs first, and whether the last name of the chain exists. */
const answersFor = (
  names: Names,
  asked: string,
  type: RecordType,
): { readonly answers: readonly Answer[]; readonly exists: boolean } => {
  const answers: Answer[] = []
  let name = normalName(asked)
  for (let depth = 0; depth < 8; depth++) {
    const alias = names.aliases.get(`${type} ${name}`)
    const records = names.direct.get(alias ?? name) ?? []
    answers.push(...records.filter(r => r.type === type).map(r => ({ name, type, ttl: 60, data: r.value })))
    const cname = records.find(r => r.type === 'CNAME')
    if (type === 'CNAME' || cname === undefined)
      return { answers, exists: records.length > 0 || names.aliases.has(`A ${name}`) }
    answers.push({ name, type: 'CNAME', ttl: 60, data: cname.value })
    name = cname.value
  }
  return { answers, exists: true }
}

const rcode = { noError: 0, nameError: 3 } as const

const reply = (names: Names, query: Packet): Buffer => {
  const question = query.questions?.[0]
  const { answers, exists } =
    question && (question.type === 'A' || question.type === 'AAAA' || question.type === 'CNAME')
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
