import { writeFileSync } from 'node:fs'
import { sarifReport } from '#report/sarif/log.ts'
import { emptyResult, incompleteResult, richResult } from './scan-result.ts'

writeFileSync('/tmp/rep/rich.sarif', sarifReport(richResult()))
writeFileSync('/tmp/rep/incomplete.sarif', sarifReport(incompleteResult()))
writeFileSync('/tmp/rep/empty.sarif', sarifReport(emptyResult()))
