/** Reads what the user named, or says in one sentence why it cannot. */
import { readFile } from 'node:fs/promises'
import { messageOf, UserFault } from '#base/fault.ts'

/** The text of a file; `what` names its part in the sentence, e.g. `the snapshot`. */
export const readText = async (file: string, what: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (thrown) {
    throw new UserFault(`Cannot read ${what} ${file}: ${messageOf(thrown)}.`)
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
