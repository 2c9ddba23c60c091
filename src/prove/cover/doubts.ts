/** Why a request that may be left to a rule is no witness: what its reading turns on. */
import type { Reason } from '../exposure.ts'
import { notModelled, type UncertaintyId, uncertain } from '../uncertainty.ts'
import type { Remainder } from './cover.ts'
import { hostPlace, type Pattern, pathPlace, queryPlace } from './pattern.ts'
import { isPlain, type Word } from './words.ts'

/** Empty where the example is an ordinary request. `isRewritten` tells headers that the load balancer writes (U-24). */
export const doubtsOf = (
  { words, method }: Remainder,
  sendable: readonly string[],
  isRewritten: (name: string) => boolean,
): readonly Reason[] => [
  ...[...words].flatMap(([place, all]) => all.flatMap(word => doubtsAt(place, word, isRewritten))),
  ...(words.get(hostPlace)?.length === 0 ? [uncertain('U-06')] : []),
  ...repeatedKeys(words.get(queryPlace) ?? []),
  ...(method === null || sendable.includes(method) ? [] : [unusualMethod]),
]

const unusualMethod = notModelled(
  'Only a request with a method that this sender is not known to be able to send would get here.',
)

const doubtsAt = (place: string, word: Word, isRewritten: (name: string) => boolean): readonly Reason[] => {
  const own = word.by.flatMap(doubtOf)
  const rewritten = place.startsWith('header ') && isRewritten(place.slice('header '.length))
  return [
    ...own,
    ...(rewritten ? [uncertain('U-24')] : []),
    ...(isPlain(place, word.text) || own.length > 0 ? [] : [uncertain(oddity(place, word.text))]),
  ]
}

const doubtOf = ({ doubt }: Pattern): readonly Reason[] => {
  switch (doubt) {
    case 'expression':
      return [uncertain('U-01')]
    case 'escape':
      return [uncertain('U-11')]
    case 'sealed':
      return [notModelled('Whether the sealed values of two conditions have a text in common is not known.')]
    case null:
      return []
  }
}

const oddity = (place: string, text: string): UncertaintyId => {
  if (place === pathPlace) return text.startsWith('/') ? 'U-04' : 'U-06'
  if (place === hostPlace) return text.includes(':') ? 'U-05' : 'U-06'
  return place === queryPlace ? 'U-12' : 'U-13'
}

/** Two parameters of one name are told apart by nobody knows which rule. */
const repeatedKeys = (words: readonly Word[]): readonly Reason[] => {
  const distinct = new Set(words.map(w => w.text))
  const keys = [...distinct].map(text => text.split('\0', 1)[0])
  return new Set(keys).size < keys.length ? [uncertain('U-12')] : []
}
