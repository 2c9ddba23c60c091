/** Is the parameter that holds the secret of the origin encrypted? */
import type { StoredParameter } from '#topology/model.ts'
import { type Answer, cite, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { eachToken } from './reading/token-drive.ts'

const isEncrypted = ({ ref, type }: StoredParameter, how: string): Answer => {
  const said = cite(ref, `parameter ${ref.name} (${how}) is of type ${type}`, {
    parameter: ref.name,
    storeRegion: ref.region,
  })
  if (type === 'unrecognised') return unseen([], said)
  return type === 'SecureString' ? yes(said) : no(said)
}

export const parameterEncrypted = predicate<'link'>({
  question: 'Is the parameter that holds the secret of the origin encrypted?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) =>
    eachToken(link, facts, ({ from }) =>
      every(from.stores.flatMap(s => (s.kind === 'parameter' ? [isEncrypted(s.parameter, s.how)] : []))),
    ),
})
