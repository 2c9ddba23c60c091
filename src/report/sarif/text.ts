/** Text for SARIF: inert, bounded, and free of the characters that SARIF gives a meaning. */
import { clip, visible, visibleBlock } from '../visible-text.ts'

/** Room for the message and its causes; GitHub shows the first sentence and folds the rest. */
const longestText = 4000
/** GitHub cuts titles at 255 and descriptions at 1024 characters. */
const longestDescription = 1000

const bounded = (text: string, max: number): string => clip(text.slice(0, max * 4), max)

/** One line of a message. Square brackets would start an embedded link, a backslash an escape. */
export const messageText = (text: string): string =>
  bounded(visible(text), longestText).replace(/[\\[\]]/g, c => `\\${c}`)

/** The whole message, assembled from parts that are escaped already. */
export const message = (text: string) => ({ text: bounded(text, longestText * 2) || 'No message.' })

export const description = (text: string) => ({ text: sentence(bounded(visible(text), longestDescription)) })

export const markdownText = (text: string): string => bounded(visibleBlock(text), 20_000)

/** SARIF wants messages to be sentences. */
const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text || 'No description'}.`)

/** `origin-closed-to-internet` becomes `OriginClosedToInternet`. */
export const pascalName = (id: string): string =>
  clip(
    visible(id)
      .split(/[^A-Za-z0-9]+/)
      .map(part => part.charAt(0).toUpperCase() + part.slice(1))
      .join(''),
    255,
  ) || 'Rule'
