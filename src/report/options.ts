/** What a caller may choose about a report; everything else follows from the result. */

export interface ReportOptions {
  /** Columns of the terminal report; 80 when absent, at least 40. */
  readonly width?: number
  /** Colour in the terminal report; off when absent. */
  readonly color?: boolean
  /** Contents of `reports/assets`, put into the HTML report. */
  readonly assets?: Assets
}

export interface Assets {
  readonly css: string
  readonly js: string
}
