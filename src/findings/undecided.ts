/** Why a rule could not be decided, in the words of what was missing. */
import type { Finding } from './result.ts'

/** The first thing that was not observed, as a sentence or less; empty where nothing says so. */
export const missingFor = ({ gaps, evidence }: Pick<Finding, 'gaps' | 'evidence'>): string =>
  gaps[0]?.message ?? evidence[0]?.text ?? ''
