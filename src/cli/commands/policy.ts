/** `originproof policy`: prints the least-privilege IAM policy, generated from the operations that collecting uses. */
import { policyDocument } from '#scan.ts'
import { exitCodes } from '../exit-code.ts'
import type { Run } from '../program.ts'

export const run: Run = async () => {
  process.stdout.write(`${JSON.stringify(policyDocument(), null, 2)}\n`)
  return exitCodes.clean
}
