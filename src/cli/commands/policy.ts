/** `originproof policy`: prints the least-privilege IAM policy, generated from the operations that collecting uses. */
import { policyDocument } from '#scan.ts'
import { exitCodes } from '../exit-code.ts'
import type { Run } from '../program.ts'

export const run: Run = async ({ findPlaintext = false }) => {
  const policy = policyDocument({ findPlaintext: findPlaintext === true })
  process.stdout.write(`${JSON.stringify(policy, null, 2)}\n`)
  return exitCodes.clean
}
