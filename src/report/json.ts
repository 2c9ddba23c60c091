/** The JSON report: the whole result, canonical, one value per line so that two reports can be compared. */
import { canonicalJson } from '#base/canonical.ts'
import type { ScanResult } from '#findings/result.ts'
import { inertJson } from './visible-text.ts'

export const jsonReport = (result: ScanResult): string =>
  `${inertJson(JSON.stringify(JSON.parse(canonicalJson(result)), null, 2))}\n`
