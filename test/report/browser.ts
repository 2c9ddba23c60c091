/** A real browser for the HTML report: reaches nothing but the page, and collects everything it complains about. */
import chromiumFiles from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { ScanResult } from '#findings/result.ts'
import { htmlReport } from '#report/html/page.ts'
import { assets } from './assets.ts'

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const address = 'http://report.invalid/report.html'

export const launchBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await chromiumFiles.executablePath(), args: quiet })

export interface Opened {
  readonly page: Page
  /** Console errors and warnings, exceptions, dialogs, and requests other than for the page. */
  readonly complaints: string[]
}

/** Answers the page's own address from memory and nothing else. */
export const openReport = async (
  browser: Browser,
  result: ScanResult,
  options: BrowserContextOptions = {},
): Promise<Opened> => {
  const page = await (await browser.newContext(options)).newPage()
  const complaints: string[] = []
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('dialog', dialog => {
    complaints.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.route('**/*', route => {
    const url = route.request().url()
    if (url === address)
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body: htmlReport(result, { assets }) })
    // The browser asks for an icon by itself; everything else would be the page's doing.
    if (!url.endsWith('/favicon.ico')) complaints.push(`request ${url}`)
    return route.fulfill({ status: 204, body: '' })
  })
  await page.goto(address)
  return { page, complaints }
}
