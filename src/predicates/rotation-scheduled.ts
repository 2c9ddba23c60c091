/** Is the secret that the origin is sent rotated by the clock? */
import type { Gap } from '#base/gap.ts'
import type { NamingFunction, Schedule, TokenLife } from '#topology/model.ts'
import { type Answer, cite, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { type Driven, eachToken } from './reading/token-drive.ts'
import { storeRef } from './reading/token-stores.ts'

/** What nothing that was read drives may be driven by something else, if it runs. */
const idle = (functions: readonly NamingFunction[], life: TokenLife, gaps: readonly Gap[]): Answer => {
  const found = functions.map(f => ({ f, runs: life.runs.find(r => r.functionArn === f.functionArn)?.runs }))
  const unread = found.flatMap(({ runs }) => (runs && !runs.known ? runs.gaps : []))
  if (gaps.length + unread.length > 0) return unseen([...gaps, ...unread])
  const said = found.map(({ f, runs }) => {
    const count = runs?.known ? runs.value.invocations : 0
    return cite(
      runs?.known ? runs.value.ref : f.ref,
      `no enabled schedule runs ${f.ref.name}; it ran ${count} times in 90 days`,
      {
        function: f.functionArn,
        storeRegion: f.ref.region,
      },
    )
  })
  const ran = found.some(({ runs }) => runs === undefined || (runs.known && runs.value.invocations > 0))
  return ran ? unseen([], ...said) : no(...said)
}

/** Ids for the commands that switch it on again. */
const scheduleNames = ({ ref: { name, region }, group }: Schedule) =>
  group === null
    ? { schedule: name, storeRegion: region }
    : { timer: name, timerGroup: group, storeRegion: region }

const scheduled = ({ from, drive }: Driven, life: TokenLife): Answer => {
  const [secret] = drive.secrets
  if (secret) return yes(cite(secret.ref, `Secrets Manager rotates ${secret.ref.name}`))
  const on = drive.schedules.find(s => s.enabled && !s.ended)
  if (on) return yes(cite(on.ref, `schedule ${on.ref.name} (${on.expression}) is enabled`))
  const off = drive.schedules.map(s =>
    cite(
      s.ref,
      `schedule ${s.ref.name} (${s.expression}) ${s.ended ? 'has ended' : 'is disabled'}`,
      scheduleNames(s),
    ),
  )
  if (off.length > 0) return drive.gaps.length > 0 ? unseen(drive.gaps) : no(...off)
  const stores = from.stores.flatMap(s =>
    s.kind === 'secret' ? [cite(s.secret.ref, `secret ${s.secret.ref.name} has no rotation`)] : [],
  )
  if (from.functions.length > 0) return idle(from.functions, life, drive.gaps)
  return drive.gaps.length > 0 || stores.length === 0 ? unseen(drive.gaps) : no(...stores)
}

export const rotationScheduled = predicate<'link'>({
  question: 'Is the secret that the origin is sent rotated by the clock?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) =>
    eachToken(link, facts, token => {
      const answer = scheduled(token, facts.topology.life)
      if (answer.observed || answer.gaps.length + answer.evidence.length > 0) return answer
      const { ref, id } = link.distribution
      const [store] = token.from.stores
      if (store === undefined)
        return unseen([], cite(ref, `no secret, parameter or function that was read names ${id}`))
      const held = `${store.kind} ${storeRef(store).name} holds it (${store.how})`
      return unseen([], cite(storeRef(store), `${held}, and nothing that was read rotates it`))
    }),
})
