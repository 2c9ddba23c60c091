/** The words a guesser tries first: names of this trade, leaked passwords, common words and first names, with their rank. */
import { createRequire } from 'node:module'

/** What people put where a secret should be, likeliest first. */
const trade: readonly string[] = `
secret token password changeme cloudfront origin verify verification header custom test key shared auth value example
default placeholder demo dummy sample todo fixme replace me your my the this insert here change please enter
aws amazon alb elb nlb waf cdn edge proxy gateway api apikey access allow allowed bypass protect protected secure
security private internal public prod production stage staging dev development qa uat preprod sandbox beta live
admin root user guest login pass passwd pwd passphrase credential credentials signature sign signed hash hmac salt
app application web website www site server service services backend frontend client customer company corp inc
request response host domain only from via with and for not none null true false yes no enabled disabled undefined
random string text foo bar baz foobar qux hello world letmein hunter welcome xyz abc abcd asdf tbd temp tmp old new
load balancer distribution viewer check lock unlock open sesame super top hidden magic shield guard trust trusted
x1 v1 v2 us eu ap east west north south central lambda bucket terraform cloudformation cdk kubernetes ingress nginx
`
  .trim()
  .split(/\s+/)

/** Longest word that is looked for. */
const longestWord = 24
const shortestWord = 3
/** Words beyond these ranks cost more than their letters. */
const perList = 40_000

export interface Word {
  readonly word: string
  /** 1 for the likeliest of its list. */
  readonly rank: number
}

interface Dictionary {
  readonly ranks: ReadonlyMap<string, number>
  /** By the first three characters. */
  readonly starts: ReadonlyMap<string, readonly Word[]>
}

const load = (): Dictionary => {
  const require = createRequire(import.meta.url)
  const common = require('@zxcvbn-ts/language-common') as typeof import('@zxcvbn-ts/language-common')
  const english = require('@zxcvbn-ts/language-en') as typeof import('@zxcvbn-ts/language-en')
  const lists = [
    common.dictionary['passwords-common'],
    english.dictionary['commonWords-en'],
    english.dictionary['firstnames-en'],
    common.dictionary['diceware-common'],
  ]
  const ranks = new Map<string, number>()
  for (const list of [trade, ...lists]) {
    list.slice(0, perList).forEach((word, i) => {
      const fits = word.length >= shortestWord && word.length <= longestWord
      if (fits && (ranks.get(word) ?? Number.POSITIVE_INFINITY) > i + 1) ranks.set(word, i + 1)
    })
  }
  const starts = new Map<string, Word[]>()
  for (const [word, rank] of ranks) {
    const start = word.slice(0, shortestWord)
    const group = starts.get(start)
    if (group) group.push({ word, rank })
    else starts.set(start, [{ word, rank }])
  }
  return { ranks, starts }
}

let loaded: Dictionary | undefined

/** Loaded at the first use: the lists take a tenth of a second, and most commands seal nothing. */
const dictionary = (): Dictionary => {
  loaded ??= load()
  return loaded
}

/** Rank of a lower-case word; undefined for none. */
export const wordRank = (word: string): number | undefined => dictionary().ranks.get(word)

/** The words that stand at `at` in lower-case text. */
export const wordsAt = (text: string, at: number): readonly Word[] =>
  (dictionary().starts.get(text.slice(at, at + shortestWord)) ?? []).filter(w => text.startsWith(w.word, at))

/** The likeliest words, for looking up digests of them. */
export const likeliestWords = (count: number): readonly string[] =>
  [...dictionary().ranks.keys()].slice(0, count)

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '!': 'i',
  '3': 'e',
  '4': 'a',
  '@': 'a',
  '5': 's',
  $: 's',
  '7': 't',
  '8': 'b',
}

/** Lower case with the usual digits and marks for letters undone, one character for one. */
export const plainSpelling = (text: string): string =>
  text.toLowerCase().replace(/[01!34@5$78]/g, c => leet[c] ?? c)
