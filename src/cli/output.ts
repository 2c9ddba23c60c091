/** Writes reports so that a reader never sees half of one: to a temporary name first, then renamed. */
import { createWriteStream } from 'node:fs'
import { access, constants, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { messageOf, UserFault } from '#base/fault.ts'

/** The nearest folder above that exists. Looked for one level at a time: a recursive mkdir can spin where none may be made. */
const nearest = async (folder: string): Promise<string> => {
  const found = await stat(folder).catch(() => undefined)
  return found ? folder : nearest(dirname(folder))
}

/** Makes sure that files can be written in the folder, before any work is done; creates it where needed. */
export const prepareFolder = async (folder: string): Promise<void> => {
  try {
    await access(await nearest(resolve(folder)), constants.W_OK | constants.X_OK)
    await makeFolder(resolve(folder))
    const trial = join(folder, `.originproof-${process.pid}`)
    await writeFile(trial, '')
    await rm(trial)
  } catch (thrown) {
    throw new UserFault(
      `Cannot write to the output folder ${folder} (${messageOf(thrown)}): choose another with --output.`,
    )
  }
}

const makeFolder = async (folder: string): Promise<void> => {
  if (await stat(folder).catch(() => undefined)) return
  await makeFolder(dirname(folder))
  await mkdir(folder)
}

/** Writes the whole file or nothing. */
export const writeWhole = async (file: string, content: string | Iterable<string>): Promise<void> => {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.part`)
  try {
    await pipeline(
      Readable.from(typeof content === 'string' ? [content] : content),
      createWriteStream(temporary, { mode: 0o600 }),
    )
    await rename(temporary, file)
  } catch (thrown) {
    await rm(temporary, { force: true })
    throw new UserFault(`Cannot write ${file}: ${messageOf(thrown)}.`)
  }
}
