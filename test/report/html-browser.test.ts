import { readFile } from 'node:fs/promises'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openReport } from './browser.ts'
import { hostileResult, hostileStrings } from './hostile.ts'
import { emptyResult, incompleteResult, largeResult, richResult } from './scan-result.ts'

const phone = { viewport: { width: 390, height: 844 } }
const desktop = { viewport: { width: 1280, height: 900 } }
/** For pages side by side on a busy machine, in milliseconds. */
const patient = 120_000
const shownCards = '.card:not([hidden])'
const shownRows = 'li.row:not([hidden])'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source)
  const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as axe.AxeResults
  return found.violations.map(
    v =>
      `${v.id}: ${v.nodes
        .map(n => n.html.slice(0, 120))
        .slice(0, 3)
        .join(' | ')}`,
  )
}
const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
const titles = (page: Page): Promise<readonly string[]> => page.locator(`${shownCards} h3`).allTextContents()

describe.concurrent('the report in a browser', { timeout: patient }, () => {
  it.each([
    ['rich', richResult()],
    ['incomplete', incompleteResult()],
    ['empty', emptyResult()],
    ['large', largeResult(400)],
  ])('opens a %s scan without an error, a policy violation or a request', async (_, result) => {
    const { page, complaints } = await openReport(browser, result)
    await page.evaluate('document.querySelectorAll("details").forEach(d => { d.open = true })')
    expect(await page.locator('h1').count()).toBe(1)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it.each([
    ['desktop', desktop, 400],
    ['phone', phone, 200],
  ] as const)('squeezes no command and no step of a fix: %s', async (_, size, least) => {
    const demo = JSON.parse(await readFile('reports/samples/result.json', 'utf8'))
    const { page } = await openReport(browser, demo, size)
    await page.evaluate('document.querySelectorAll("details").forEach(d => { d.open = true })')
    const widths = (await page.evaluate(
      '[...document.querySelectorAll(".causes pre, .causes .md li")].map(e => e.getBoundingClientRect().width)',
    )) as readonly number[]
    expect(widths.length).toBeGreaterThan(20)
    expect(Math.min(...widths)).toBeGreaterThan(least)
    await page.context().close()
  })

  it.each([
    ['light', 'desktop', desktop],
    ['dark', 'desktop', desktop],
    ['light', 'phone', phone],
    ['dark', 'phone', phone],
  ] as const)('gives axe nothing to say: %s, %s, folded and open', async (colorScheme, _, size) => {
    const { page } = await openReport(browser, richResult(), { colorScheme, ...size })
    expect(await violations(page)).toEqual([])
    await page.click('#unfold')
    expect(await violations(page)).toEqual([])
    await page.context().close()
  })

  it.each([
    ['phone', phone, richResult()],
    ['desktop', desktop, richResult()],
    ['phone with 64 KB words', phone, hostileResult(hostileStrings['64 KB word'] ?? '')],
    ['phone with wide letters', phone, hostileResult(hostileStrings['wide and combining'] ?? '')],
  ])('never scrolls sideways: %s', async (_, size, result) => {
    const { page } = await openReport(browser, result, size)
    expect(await overflow(page)).toBe(0)
    await page.click('#unfold')
    expect(await overflow(page)).toBe(0)
    await page.context().close()
  })

  it('can be used with the keyboard alone: every finding and link is reached by Tab and opened by Enter', async () => {
    const { page } = await openReport(browser, richResult(), desktop)
    const wanted = await page.locator('.card, li.row, .rule').evaluateAll(all => all.map(e => e.id))
    const reached = new Set<string>()
    for (let i = 0; i < 400 && reached.size < wanted.length; i++) {
      await page.keyboard.press('Tab')
      const id: string = await page.evaluate(
        'document.activeElement.matches("summary") ? (document.activeElement.closest(".card, li.row, .rule")?.id ?? "") : ""',
      )
      if (id === '' || reached.has(id)) continue
      reached.add(id)
      const isOpen = () =>
        page.locator(`#${id} > details`).evaluate(d => (d as unknown as { open: boolean }).open)
      const before = await isOpen()
      await page.keyboard.press('Enter')
      expect(await isOpen()).toBe(!before)
      await page.keyboard.press('Enter')
    }
    expect([...reached].sort()).toEqual([...wanted].sort())
    await page.context().close()
  })

  it('shows where the focus is, and never behind the filters', async () => {
    const { page } = await openReport(browser, richResult(), desktop)
    for (let i = 0; i < 40; i++) await page.keyboard.press('Tab')
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Shift+Tab')
      const hidden = await page.evaluate(`(() => {
        const e = document.activeElement, bar = document.getElementById('tools')
        if (bar.contains(e) || !document.querySelector('main').contains(e)) return false
        return e.getBoundingClientRect().bottom <= bar.getBoundingClientRect().bottom
      })()`)
      expect(hidden).toBe(false)
    }
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none')
    await page.context().close()
  })
})

describe('filter and search', () => {
  it('filter by severity, verdict and account, and tell what is left', async () => {
    const { page } = await openReport(browser, richResult(), desktop)
    expect(await page.textContent('#status')).toBe('Showing 5 of 5 findings, 8 of 8 links')
    await page.uncheck('[name=severity][value=critical]')
    expect(await page.textContent('#status')).toBe('Showing 3 of 5 findings, 8 of 8 links')
    await page.uncheck('[name=verdict][value=closed]')
    expect(await page.locator(shownRows).count()).toBe(6)
    await page.selectOption('[name=account]', '444455556666')
    expect(await titles(page)).toEqual([
      'Any CloudFront customer reaches catalog by guessing the header value: 22 effective bits.',
    ])
    expect(await page.locator(shownRows).count()).toBe(1)
    await page.click('[type=reset]')
    await expect.poll(() => page.textContent('#status')).toBe('Showing 5 of 5 findings, 8 of 8 links')
    await page.context().close()
  })

  it('search in everything a finding or link says, words in any order and case', async () => {
    const { page } = await openReport(browser, richResult(), desktop)
    await page.fill('[name=q]', 'SG-0A1B2C3D  shop')
    expect(await page.locator(shownCards).count()).toBe(1)
    expect(await page.locator(`${shownRows} .c1`).allTextContents()).toEqual(['E1SHOPshop.example.com'])
    await page.fill('[name=q]', 'nothing holds this')
    expect(await page.textContent('#status')).toBe('Showing 0 of 5 findings, 0 of 8 links')
    await page.context().close()
  })

  it('works on 5,000 links', async () => {
    const { page, complaints } = await openReport(browser, largeResult(5000), desktop)
    await page.fill('[name=q]', 'service-4990.example.com')
    expect(await page.textContent('#status')).toBe('Showing 1 of 500 findings, 1 of 5000 links')
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)

  it('opens what a link in the page points to, even when it was filtered away', async () => {
    const { page } = await openReport(browser, richResult(), desktop)
    await page.click('.card a[href^="#r-"] >> nth=0')
    await expect.poll(() => page.locator('.rule > details[open]').count()).toBe(1)
    await page.uncheck('[name=verdict][value=open]')
    await page.evaluate(`location.hash = document.querySelector('li.row[hidden]').id`)
    await expect.poll(() => page.locator('li.row:target').isVisible()).toBe(true)
    await expect.poll(() => page.locator('li.row:target > details[open]').count()).toBe(1)
    await page.context().close()
  })

  it('copies the command as it stands', async () => {
    const { page } = await openReport(browser, richResult(), desktop)
    const copy = page.locator('.card .copy').first()
    await copy.click()
    await expect.poll(() => copy.textContent()).toMatch(/^(Copied|Selected)$/)
    expect(await page.locator('.card .cmd code').first().textContent()).toContain(
      'curl --insecure --connect-to',
    )
    expect(await page.locator('.card .fix pre .copy').count()).toBeGreaterThan(0)
    await page.context().close()
  })
})

describe('without script', () => {
  it('everything is there and opens; the filters, which would not work, are not', async () => {
    const { page, complaints } = await openReport(browser, richResult(), {
      ...desktop,
      javaScriptEnabled: false,
    })
    expect(await page.locator('#tools').isVisible()).toBe(false)
    expect(await page.locator('.copy').count()).toBe(0)
    for (const finding of richResult().findings.filter(f => f.outcome === 'violated' && f.partOf === null))
      expect(await page.getByRole('heading', { name: finding.message }).first().isVisible()).toBe(true)
    const row = page.locator('li.row', { hasText: 'E3LOCKED' })
    await row.locator('summary').first().click()
    expect(await row.getByText('rule 1 forwards only with header x-origin-verify').isVisible()).toBe(true)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('on paper', () => {
  it('findings are printed in full and the filters are left out', async () => {
    const { page } = await openReport(browser, richResult(), desktop)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('#tools').isVisible()).toBe(false)
    expect(await page.locator('.card .fix').last().isVisible()).toBe(true)
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000)
    await page.context().close()
  })
})

describe.concurrent('hostile strings in a browser', { timeout: patient }, () => {
  it.each(Object.entries(hostileStrings))('stay text: %s', async (_, hostile) => {
    const { page, complaints } = await openReport(browser, hostileResult(hostile), desktop)
    await page.click('#unfold')
    const made = await page.evaluate(`({
      scripts: document.scripts.length,
      styles: document.querySelectorAll('style').length,
      strange: [...document.querySelectorAll('img, iframe, object, embed, link, base, audio, video, template')].length,
      handlers: [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => /^on|^style$/i.test(a.name))).length,
      addresses: [...document.querySelectorAll('a')].filter(a => !/^(#|https?:)/.test(a.getAttribute('href'))).length,
      parts: document.querySelectorAll('main, h1, header.top, footer').length,
    })`)
    expect(made).toEqual({ scripts: 1, styles: 1, strange: 0, handlers: 0, addresses: 0, parts: 4 })
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
