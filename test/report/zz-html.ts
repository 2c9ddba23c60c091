import { writeFileSync } from 'node:fs'
import { htmlReport } from '#report/html/page.ts'
import { assets } from './assets.ts'
import { emptyResult, incompleteResult, largeResult, richResult } from './scan-result.ts'

for (const [name, r] of Object.entries({
  rich: richResult(),
  incomplete: incompleteResult(),
  empty: emptyResult(),
  large: largeResult(5000),
})) {
  const t = htmlReport(r, { assets })
  process.stdout.write(`${name} ${t.length}\n`)
  writeFileSync(`/tmp/rep/${name}.html`, t)
}
