import { inspectSigned } from '#cookie/inspect.ts'
import { keyId, now } from './build.ts'

export const notes = (text: string, known: readonly string[] | null = [keyId]) =>
  (inspectSigned(text, known, now)?.notes ?? []).map(n => `${n.level}: ${n.text}`)

export const day = 86_400
