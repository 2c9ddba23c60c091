/** Writes reports so that a reader never sees half of one: to a temporary name first, then renamed. */
import { createWriteStream } from 'node:fs'
import { access, constants, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { messageOf, UserFault } from '#base/fault.ts'

/** Creates the folder where needed and makes sure that files can be written there, before any work is done. */
export const prepareFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK | constants.X_OK)
    const trial = join(folder, `.originproof-${process.pid}`)
    await writeFile(trial, '')
    await rm(trial)
  } catch (thrown) {
    throw new UserFault(
      `Cannot write to the output folder ${folder} (${messageOf(thrown)}): choose another with --output.`,
    )
  }
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
