/** What one direct answer can mean. */
import type { Sign } from './alike.ts'

export type Meaning =
  /** The page of the edge. */
  | { readonly kind: 'page'; readonly signs: readonly Sign[] }
  /** Turned away before the backend; the text goes on after "was turned away: ". */
  | {
      readonly kind: 'blocked'
      readonly code:
        | 'gate'
        | 'auth'
        | 'mtls'
        | 'redirect'
        | 'net-closed'
        | 's3-gate'
        | 'iam-gate'
        | 'apigw-gate'
        | 'app-gate'
      readonly text: string
    }
  /** Neither can be said; the text is a sentence. */
  | { readonly kind: 'open-question'; readonly code: string; readonly text: string }

type Blocked = Extract<Meaning, { kind: 'blocked' }>

export const blocked = (code: Blocked['code'], text: string): Meaning => ({ kind: 'blocked', code, text })

export const question = (code: string, text: string): Meaning => ({ kind: 'open-question', code, text })
