/** Is the secret that the origin is sent rotated by something, or in the middle of a rotation? */
import { cite, no, some, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { loadBalancersOf } from './reading/backends.ts'
import { leftovers } from './reading/overlap.ts'
import { drivenTokens } from './reading/token-drive.ts'

export const rotationKnown = predicate<'link'>({
  question: 'Is the secret that the origin is sent rotated by something, or in the middle of a rotation?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const tokens = drivenTokens(link, facts)
    const answers = tokens.map(({ sent, drive }) => {
      const [secret] = drive.secrets
      const [schedule] = drive.schedules
      const [old] = loadBalancersOf(link).flatMap(lb => leftovers(sent, lb, facts))
      if (secret) return yes(cite(secret.ref, `Secrets Manager rotates ${secret.ref.name}`))
      if (schedule) return yes(cite(schedule.ref, `schedule ${schedule.ref.name} runs a function for it`))
      if (old) return yes(cite(old.gate.place, `${old.gate.placeName} accepts another value besides`))
      const none = cite(link.distribution.ref, 'nothing that was read rotates the value')
      return drive.gaps.length > 0 ? unseen(drive.gaps) : no(none)
    })
    return answers.length > 0 ? some(answers) : no(cite(link.distribution.ref, 'CloudFront sends no secret'))
  },
})
