/** A resource policy as AWS gives it, a text, made into what sealing can look into. */

/** As an object, so that what is secret in it is found and sealed; a text that is none stays unread. */
export const policyDocument = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
