/** Reads what the user named, or says in one sentence why it cannot. */
import { readFile } from 'node:fs/promises'
import { messageOf, UserFault } from '#base/fault.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'reading it is not permitted',
}

/** Why the file system refused, in words. */
export const refusal = (thrown: unknown): string =>
  reasons[(thrown as NodeJS.ErrnoException).code ?? ''] ?? messageOf(thrown)

/** The text of a file; `what` names its part in the sentence, e.g. `the snapshot`. */
export const readText = async (file: string, what: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (thrown) {
    throw new UserFault(`Cannot read ${what} ${file}: ${refusal(thrown)}.`)
  }
}

/** The JSON in a file. */
export const readJson = async (file: string, what: string): Promise<unknown> => {
  const text = await readText(file, what)
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw new UserFault(`${file} is not JSON (${messageOf(thrown)}): ${what} must be a JSON file.`)
  }
}
