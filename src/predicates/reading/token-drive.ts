/** Puts a question to each secret that a link sends, with where the value comes from and what drives its rotation. */
import type { Link } from '#topology/model.ts'
import { type Answer, every, unseen } from '../asking/answer.ts'
import type { Facts } from '../asking/facts.ts'
import { type Drive, driveOf } from './rotation.ts'
import { type Origins, originsOfToken } from './token-stores.ts'
import { type Sent, secretsSent } from './tokens.ts'

export interface Driven {
  readonly sent: Sent
  readonly from: Origins
  readonly drive: Drive
}

export const drivenTokens = (link: Link, facts: Facts): readonly Driven[] =>
  secretsSent(link, facts).secrets.map(sent => {
    const { life } = facts.topology
    const from = originsOfToken(link, sent, life)
    return { sent, from, drive: driveOf(from, life) }
  })

/** The question must hold for each of them; undecided while a header may be a secret or not. */
export const eachToken = (link: Link, facts: Facts, ask: (token: Driven) => Answer): Answer => {
  const { perhaps, gaps } = secretsSent(link, facts)
  const answers = drivenTokens(link, facts).map(ask)
  return every(perhaps.length > 0 ? [...answers, unseen(gaps)] : answers)
}
