/** The key of the sealed fingerprints: fresh for each run, or kept in a file of the user's. */
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { messageOf, UserFault } from '#base/fault.ts'

const bytes = 32

/** Reads the key file, or makes it (readable by its owner only) when there is none yet. */
const keptKey = async (file: string): Promise<Uint8Array> => {
  try {
    await writeFile(file, `${randomBytes(bytes).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new UserFault(`Cannot make the seal key file ${file}: ${messageOf(thrown)}.`)
  }
  const text = (await readFile(file, 'utf8')).trim()
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new UserFault(
      `The seal key file ${file} does not hold 64 hex digits: remove it to have a new one made.`,
    )
  return Buffer.from(text, 'hex')
}

export const sealKey = async (file: string | undefined): Promise<Uint8Array> =>
  file === undefined ? randomBytes(bytes) : keptKey(file)
