import chromium from '@sparticuz/chromium'
import { chromium as pw } from 'playwright-core'

const [name = 'rich', w = '1280', scheme = 'light', open = '', ...ys] = process.argv.slice(2)
const b = await pw.launch({
  executablePath: await chromium.executablePath(),
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
const page = await b.newPage({
  viewport: { width: Number(w), height: Number(w) > 800 ? 900 : 844 },
  colorScheme: scheme as 'light',
})
const say = (...x: unknown[]) => process.stdout.write(x.join(' ') + '\n')
page.on('console', m => say(name, m.type(), m.text()))
page.on('pageerror', e => say(name, e.message))
const t0 = Date.now()
await page.goto(`file:///tmp/rep/${name}.html`)
say('load ms', Date.now() - t0)
if (process.env.PRINT) await page.emulateMedia({ media: 'print' })
if (open) await page.click('#unfold')
say(
  name,
  await page.evaluate(
    '[document.documentElement.scrollWidth, innerWidth, document.documentElement.scrollHeight]',
  ),
)
if (ys[0] === 'pdf') {
  await page.pdf({ path: `/tmp/rep/${name}.pdf`, format: 'A4', printBackground: true })
} else
  for (const y of ys) {
    await page.screenshot({
      path: `/tmp/rep/s-${y}.png`,
      fullPage: true,
      clip: { x: 0, y: Number(y), width: Number(w), height: Number(w) > 800 ? 1000 : 1100 },
    })
  }
await b.close()
