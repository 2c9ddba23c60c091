/** Style and script of the page, read from the repository as the command line reads them. */
import { readFileSync } from 'node:fs'
import { assetFiles } from '#report/assets.ts'
import type { Assets } from '#report/options.ts'

const read = (names: readonly string[]): string =>
  names.map(name => readFileSync(new URL(`../../reports/assets/${name}`, import.meta.url), 'utf8')).join('\n')

export const assets: Assets = { css: read(assetFiles.css), js: read(assetFiles.js) }
