/** A fault that a person can mend: one sentence that says what, where and what to do, shown without a stack. */

export class UserFault extends Error {
  override readonly name = 'UserFault'
}

/** The message of anything thrown, on one line. */
export const messageOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\s+/g, ' ').trim()
