/** The formats a result can be rendered in: one list that the command line, the tests and the documentation share. */
import type { ScanResult } from '#findings/result.ts'
import { htmlReport } from './html/page.ts'
import { jsonReport } from './json.ts'
import type { ReportOptions } from './options.ts'
import { sarifReport } from './sarif/log.ts'
import { terminalReport } from './terminal/report.ts'

export const formats = ['terminal', 'json', 'sarif', 'html'] as const
export type Format = (typeof formats)[number]

export interface Reporter {
  /** Name in the output folder. */
  readonly fileName: string
  /** Pure: the same result and options give the same text. Ends with a line break. */
  readonly render: (result: ScanResult, options: ReportOptions) => string
}

export const reporters: Readonly<Record<Format, Reporter>> = {
  terminal: { fileName: 'report.txt', render: terminalReport },
  json: { fileName: 'result.json', render: jsonReport },
  sarif: { fileName: 'report.sarif', render: sarifReport },
  html: { fileName: 'report.html', render: htmlReport },
}
