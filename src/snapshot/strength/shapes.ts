/** Shapes that need fewer guesses than their characters: words, runs, sequences, dates, UUIDs, found at a place of a text. */
import { foldCase } from '#base/glob.ts'
import { plainSpelling, wordsAt } from './words.ts'

export interface Shape {
  readonly length: number
  readonly bits: number
  /** More bits where case counts. */
  readonly caseBits?: number
  /** Named in reports; none for a shape that is no weakness in itself. */
  readonly weakness?: string
}

/** What telling a guesser "a shape stands here" costs. */
const announcement = 3

/** A text and what is worked out of it once. */
export interface Subject {
  readonly text: string
  readonly lower: string
  /** Lower case, digits and marks for letters undone. */
  readonly spelled: string
}

export const subjectOf = (text: string): Subject => ({
  text,
  lower: foldCase(text),
  spelled: plainSpelling(text),
})

const caseBits = (word: string): number => {
  const upper = word.replace(/[^A-Z]/g, '').length
  if (upper === 0) return 0
  return upper === word.length || /^[A-Z][^A-Z]*$/.test(word) ? 1 : word.length
}

const words = ({ text, lower, spelled }: Subject, at: number): Shape[] => {
  const plain = wordsAt(lower, at).map(w => ({ ...w, spelling: 0 }))
  const undone = spelled === lower ? [] : wordsAt(spelled, at).map(w => ({ ...w, spelling: 3 }))
  return [...plain, ...undone].flatMap(({ word, rank, spelling }): Shape[] => {
    const shape = {
      length: word.length,
      bits: announcement + Math.log2(rank + 1) + spelling,
      caseBits: caseBits(text.slice(at, at + word.length)),
      weakness: 'placeholder or dictionary words',
    }
    // The separator after a word belongs to it.
    const separated = /[-_. :/+]/.test(text.charAt(at + word.length))
    return separated ? [shape, { ...shape, length: shape.length + 1, bits: shape.bits + 2 }] : [shape]
  })
}

const rows = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  '1234567890',
]
const walks = [...rows, ...rows.map(row => [...row].reverse().join(''))]

/** How far a constant step of the character code goes on from here. */
const stepRun = (text: string, at: number): number => {
  const step = text.charCodeAt(at + 1) - text.charCodeAt(at)
  if (Math.abs(step) > 1) return 0
  let end = at + 1
  while (end + 1 < text.length && text.charCodeAt(end + 1) - text.charCodeAt(end) === step) end++
  return end - at + 1
}

const walkRun = (text: string, at: number): number =>
  Math.max(
    ...walks.map(row => {
      const from = row.indexOf(text.charAt(at))
      let n = 0
      while (from >= 0 && at + n < text.length && row.charAt(from + n) === text.charAt(at + n)) n++
      return n
    }),
  )

const sequences = ({ lower }: Subject, at: number): Shape[] => {
  const [step, walk] = [stepRun(lower, at), walkRun(lower, at)]
  const length = Math.max(step, walk)
  if (length < 4) return []
  const repeated = lower.charAt(at) === lower.charAt(at + 1)
  const weakness = repeated && step >= walk ? 'repeated characters' : 'sequence'
  return [{ length, bits: announcement + Math.log2(72) + Math.log2(length), weakness }]
}

const year = '(?:19[5-9]\\d|20[0-6]\\d)'
const month = '(?:0[1-9]|1[0-2])'
const day = '(?:0[1-9]|[12]\\d|3[01])'
const sep = '[-/._ ]?'
const dateForms = [
  `${year}${sep}${month}${sep}${day}`,
  `${day}${sep}${month}${sep}${year}`,
  `${month}${sep}${day}${sep}${year}`,
]
const date = new RegExp(`(?<!\\d)(?:${dateForms.join('|')})(?!\\d)`, 'y')
const bareYear = new RegExp(`(?<!\\d)${year}(?!\\d)`, 'y')

const lengthAt = (form: RegExp, text: string, at: number): number => {
  form.lastIndex = at
  return form.exec(text)?.[0].length ?? 0
}

const dates = ({ text }: Subject, at: number): Shape[] => {
  const [full, bare] = [lengthAt(date, text, at), lengthAt(bareYear, text, at)]
  return [
    ...(full > 0 ? [{ length: full, bits: announcement + Math.log2(120 * 366), weakness: 'date' }] : []),
    ...(bare > 0 ? [{ length: bare, bits: announcement + Math.log2(120), weakness: 'date' }] : []),
  ]
}

const uuidForm =
  /(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![0-9a-f])/y
/** 14 bits of clock sequence, and the 100 ns of a year that the guesser can narrow the making down to. */
const timeUuidBits = 14 + 48
/** Bits of a UUID by version; what a version 3, 5 or 8 is made of is not known, so it is not trusted. */
const uuidBits: Readonly<Record<string, number>> = {
  '4': 122,
  '7': 74,
  '1': timeUuidBits,
  '2': timeUuidBits,
  '6': timeUuidBits,
}
const derivedUuidBits = 64

const uuids = ({ lower }: Subject, at: number): Shape[] => {
  uuidForm.lastIndex = at
  const version = uuidForm.exec(lower)?.[1]
  if (version === undefined) return []
  const bits = uuidBits[version] ?? derivedUuidBits
  return [{ length: 36, bits, ...(version === '4' ? {} : { weakness: `version ${version} UUID` }) }]
}

/** A stretch of a smaller alphabet inside a larger text: `prod-` and 32 hex digits. */
const stretches: readonly (readonly [form: RegExp, bits: number])[] = [
  [/\d{4,}/y, Math.log2(10)],
  [/(?:[0-9a-f]{16,}|[0-9A-F]{16,})/y, 4],
  [/(?:[0-9a-z]{12,}|[0-9A-Z]{12,})/y, Math.log2(36)],
]

const runs = ({ text }: Subject, at: number): Shape[] =>
  stretches.flatMap(([form, bits]) => {
    const length = lengthAt(form, text, at)
    return length > 0 ? [{ length, bits: announcement + length * bits }] : []
  })

/** Every shape that starts at `at`. */
export const shapesAt = (subject: Subject, at: number): readonly Shape[] => [
  ...words(subject, at),
  ...sequences(subject, at),
  ...dates(subject, at),
  ...uuids(subject, at),
  ...runs(subject, at),
]
