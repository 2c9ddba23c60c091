/** Reads the manifests that the user names: files, folders with all that is below them, and what is piped in. */
import { readdir, stat } from 'node:fs/promises'
import { join, posix, sep } from 'node:path'
import { text } from 'node:stream/consumers'
import { UserFault } from '#base/fault.ts'
import type { ManifestFile } from '#scan.ts'
import { readText, refusal } from './read-file.ts'

const isManifest = (name: string): boolean => /\.(?:ya?ml|json)$/i.test(name)
const isSkipped = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

/** More than this is no manifest, and would fill memory. Bytes. */
const largest = 64 * 1024 * 1024

/** Reports name files as they stand in the repository. */
const named = (path: string): string => posix.normalize(path.split(sep).join('/'))

const kindOf = async (path: string) => {
  try {
    return await stat(path)
  } catch (thrown) {
    throw new UserFault(`Cannot read the manifests ${path}: ${refusal(thrown)}.`)
  }
}

/** Folders behind symbolic links are left alone: they may lead back. */
const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(e => !isSkipped(e.name))
  const found = await Promise.all(
    entries.map(async entry => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesBelow(path)
      const isFile = entry.isFile() || (entry.isSymbolicLink() && (await kindOf(path)).isFile())
      return isFile && isManifest(entry.name) ? [path] : []
    }),
  )
  return found.flat()
}

const filesOf = async (path: string): Promise<readonly string[]> => {
  if (!(await kindOf(path)).isDirectory()) return [path]
  const found = await filesBelow(path)
  if (found.length > 0) return found
  throw new UserFault(`There is no YAML or JSON file in ${path}: name a folder of manifests.`)
}

const readManifest = async (path: string): Promise<ManifestFile> => {
  const { size } = await kindOf(path)
  if (size > largest) throw new UserFault(`${path} has ${size} bytes, which is more than a manifest has.`)
  return { path: named(path), text: await readText(path, 'the manifest') }
}

/** What `-` is called in reports. */
const piped = 'stdin'

/** Sorted by name, each file once. `-` is the standard input, such as the output of `helm template`. */
export const readManifests = async (paths: readonly string[]): Promise<readonly ManifestFile[]> => {
  const own = paths.filter(path => path !== '-')
  const files = [...new Set((await Promise.all(own.map(filesOf))).flat())].sort()
  const read: ManifestFile[] = []
  for (const file of files) read.push(await readManifest(file))
  return own.length < paths.length ? [...read, { path: piped, text: await text(process.stdin) }] : read
}
