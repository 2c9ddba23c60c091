/** `originproof cookie`: reads a signed URL or signed cookies that the user has at hand; nothing is sent anywhere. */
import { text } from 'node:stream/consumers'
import { UserFault } from '#base/fault.ts'
import { describeInspection } from '#cookie/describe.ts'
import { inspectSigned } from '#cookie/inspect.ts'
import { exitCodes } from '../exit-code.ts'
import type { Run } from '../program.ts'
import { plain } from '../progress.ts'
import { readText } from '../read-file.ts'

export const run: Run = async ({ keyId }, [file]) => {
  const pasted = file === '-' ? await text(process.stdin) : await readText(String(file), 'the cookie')
  const known = Array.isArray(keyId) ? keyId.map(String) : null
  const inspection = inspectSigned(pasted, known, Date.now())
  if (inspection === null)
    throw new UserFault(
      `There is no CloudFront signature in ${file === '-' ? 'the input' : file}: paste a signed URL, a Cookie header or lines like CloudFront-Policy=...`,
    )
  for (const line of describeInspection(inspection)) process.stdout.write(`${plain(line)}\n`)
  const bad = inspection.notes.some(({ level }) => level !== 'note')
  return bad ? exitCodes.findings : exitCodes.clean
}
