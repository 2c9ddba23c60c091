/** Renews the committed samples, the screenshot in README and the generated part of README: `npm run samples`. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import chromium from '@sparticuz/chromium'
import { chromium as browser } from 'playwright-core'
import { makeReadme, makeSamples, samplesFolder } from './make.ts'

const screenshot = async (): Promise<void> => {
  const running = await browser.launch({
    executablePath: await chromium.executablePath(),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
    ],
  })
  const page = await running.newPage({ viewport: { width: 1100, height: 1300 } })
  await page.goto(`file://${resolve(samplesFolder, 'report.html')}`)
  await page.screenshot({ path: join(samplesFolder, 'report.png') })
  await running.close()
}

await mkdir(samplesFolder, { recursive: true })
for (const [name, content] of await makeSamples()) await writeFile(join(samplesFolder, name), content)
await writeFile('README.md', await makeReadme())
await screenshot()
