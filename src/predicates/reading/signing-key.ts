/** How evidence names a key and the group that holds it. */
import type { KeyGroup, SigningKey } from '#topology/model.ts'
import type { EvidenceNames } from '../asking/answer.ts'

export const namesOfKey = ({ id }: SigningKey, group?: KeyGroup): EvidenceNames => ({
  publicKey: id,
  ...(group && { keyGroup: group.id }),
})
