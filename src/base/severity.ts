/** The severity of a violated rule, ordered, with the numeric score code scanning sorts by. */

export const severities = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof severities)[number]

/** Smaller is worse. */
export const severityRank = (s: Severity): number => severities.indexOf(s)

export const atLeast = (s: Severity, floor: Severity): boolean => severityRank(s) <= severityRank(floor)

/** GitHub's `security-severity`: over 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, below low. */
export const securitySeverity: Readonly<Record<Severity, string>> = {
  critical: '9.8',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
}
