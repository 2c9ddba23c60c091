/** Has the last rotation of the secret that the origin is sent come to its end? */
import { tokenAge } from '#prove/token/age.ts'
import { rotationStatus } from '#prove/token/rotation-status.ts'
import type { NamingFunction, StoredSecret, Topology } from '#topology/model.ts'
import { type Answer, cite, type Evidence, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { type Drive, setupOf } from './reading/rotation.ts'
import { eachToken } from './reading/token-drive.ts'

const secretAnswer = (secret: StoredSecret, { observedAt }: Topology): Answer => {
  const { ref, nextRotation } = secret
  const names = { secret: ref.arn, storeRegion: ref.region }
  const setup = setupOf(secret)
  if (setup === undefined) return unseen(secret.versions.known ? [] : secret.versions.gaps)
  const now = Date.parse(observedAt)
  const status = rotationStatus({ age: tokenAge([], now), mostDays: 0, setup, now })
  if (status !== 'failed') return yes(cite(ref, `the rotation of ${ref.name} is not overdue or stuck`))
  const waiting = setup !== null && setup.pendingSince !== null
  const why = waiting
    ? 'a version has been waiting as AWSPENDING for longer than its rotation window'
    : `it should have been rotated by ${String(nextRotation).slice(0, 10)} and was not`
  return no(cite(ref, `secret ${ref.name}: ${why}`, names))
}

/** The schedules that are known to run the function. */
const runBy = (functionArn: string, { schedules }: Drive): readonly Evidence[] =>
  schedules
    .filter(s => s.functionArns.known && s.functionArns.value.includes(functionArn))
    .map(s => cite(s.ref, `schedule ${s.ref.name} runs ${functionArn.split(':').at(-1)}`))

const functionAnswer = ({ functionArn, ref }: NamingFunction, drive: Drive, { life }: Topology): Answer => {
  const found = life.runs.find(r => r.functionArn === functionArn)
  if (found === undefined) return unseen([])
  if (!found.runs.known) return unseen(found.runs.gaps)
  const { invocations, errors, lastFailed, ref: counts } = found.runs.value
  const counted = `${invocations} runs and ${errors} failures in 90 days`
  if (invocations === 0) return yes(cite(counts, `function ${ref.name} did not run in 90 days`))
  if (lastFailed === null)
    return unseen([], cite(counts, `the last run of ${ref.name} may have failed or not: ${counted}`))
  return lastFailed
    ? no(
        cite(counts, `the last run of ${ref.name} failed: ${counted}`, {
          function: functionArn,
          storeRegion: ref.region,
        }),
        ...runBy(functionArn, drive),
      )
    : yes(cite(counts, `the last run of ${ref.name} did not fail: ${counted}`))
}

export const rotationNotFailed = predicate<'link'>({
  question: 'Has the last rotation of the secret that the origin is sent come to its end?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) =>
    eachToken(link, facts, ({ drive }) =>
      every([
        ...drive.secrets.map(secret => secretAnswer(secret, facts.topology)),
        ...drive.functions.map(one => functionAnswer(one, drive, facts.topology)),
        ...(drive.gaps.length > 0 ? [unseen(drive.gaps)] : []),
      ]),
    ),
})
