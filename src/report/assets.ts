/** The files in `reports/assets` that make up style and script of the HTML report, in the order they are joined. */
import type { Assets } from './options.ts'

export const assetFiles: Readonly<Record<keyof Assets, readonly string[]>> = {
  css: ['base', 'header', 'filters', 'findings', 'picture', 'links', 'rest', 'narrow', 'print'].map(
    n => `${n}.css`,
  ),
  js: ['report.js'],
}
