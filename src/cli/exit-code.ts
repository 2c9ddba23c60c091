/** The exit code of a scan, from nothing but its result and the threshold. */
import { atLeast, type Severity, severities } from '#base/severity.ts'

export const exitCodes = { clean: 0, findings: 1, cannotRun: 2, incomplete: 3 } as const

export type FailOn = Severity | 'never'
export const failOnChoices: readonly FailOn[] = [...severities, 'never']

/** What decides: violations by severity, and whether everything needed was observed. */
export interface Decisive {
  readonly violated: Readonly<Record<Severity, number>>
  readonly complete: boolean
}

/** 1 when a violation reaches the threshold, else 3 when something needed was not observed, else 0. */
export const exitCode = ({ violated, complete }: Decisive, failOn: FailOn): number => {
  const fails = failOn !== 'never' && severities.some(s => atLeast(s, failOn) && violated[s] > 0)
  if (fails) return exitCodes.findings
  return complete ? exitCodes.clean : exitCodes.incomplete
}
