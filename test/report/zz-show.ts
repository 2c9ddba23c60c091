import { terminalReport } from '#report/terminal/report.ts'
import { emptyResult, incompleteResult, richResult } from './scan-result.ts'

process.stdout.write(terminalReport(richResult(), {}))
process.stdout.write(terminalReport(incompleteResult(), {}))
process.stdout.write(terminalReport(emptyResult(), {}))
