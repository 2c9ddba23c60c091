/** The files that travel with the program: its version, the bundled rules, the page assets, the result schema. */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserFault } from '#base/fault.ts'
import { assetFiles } from '#report/assets.ts'
import type { Assets } from '#report/options.ts'
import { refusal } from './read-file.ts'

/** The folder that holds `src`, `rules` and `reports`: the repository, or `dist` once built. */
const home = fileURLToPath(new URL('../..', import.meta.url))

export interface TextFile {
  /** As a person would name it: relative to the working directory for the user's files, to the package for ours. */
  readonly path: string
  readonly text: string
}

const filesBelow = async (folder: string, shown: (file: string) => string): Promise<readonly TextFile[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter(e => e.isFile() && /\.(json|md)$/.test(e.name))
    .map(e => join(e.parentPath, e.name))
    .sort()
  return Promise.all(files.map(async file => ({ path: shown(file), text: await readFile(file, 'utf8') })))
}

export const bundledRuleFiles = (): Promise<readonly TextFile[]> =>
  filesBelow(join(home, 'rules'), file => relative(home, file))

export const userRuleFiles = async (folder: string): Promise<readonly TextFile[]> => {
  try {
    return await filesBelow(folder, file => file)
  } catch (thrown) {
    throw new UserFault(
      `Cannot read the rules in ${folder} (${refusal(thrown)}): name a folder with --rules.`,
    )
  }
}

const asset = (...path: readonly string[]): Promise<string> => readFile(join(home, ...path), 'utf8')

/** Style and script of the HTML report. */
export const pageAssets = async (): Promise<Assets> => {
  const joined = async (names: readonly string[]) =>
    (await Promise.all(names.map(name => asset('reports', 'assets', name)))).join('\n')
  const [css, js] = await Promise.all([joined(assetFiles.css), joined(assetFiles.js)])
  return { css, js }
}

export const resultSchema = async (): Promise<object> =>
  JSON.parse(await asset('reports', 'result.schema.json'))

export const version = async (): Promise<string> => {
  const text = await asset('package.json')
  return (JSON.parse(text) as { version: string }).version
}
