/** `originproof policy`: prints the least that must be allowed, generated from what collecting reads: of AWS, or of a cluster. */
import { UserFault } from '#base/fault.ts'
import { policyDocument, rbacManifest } from '#scan.ts'
import { objectName } from '../checks.ts'
import { exitCodes } from '../exit-code.ts'
import type { Run } from '../program.ts'

const secretsOf = (given: unknown) =>
  (Array.isArray(given) ? given.map(String) : []).map(text => {
    const [namespace = '', name = ''] = objectName(text).split('/')
    return { namespace, name }
  })

const iamPolicy = (findPlaintext: boolean): string =>
  `${JSON.stringify(policyDocument({ findPlaintext }), null, 2)}\n`

export const run: Run = async ({ findPlaintext, kubernetes, secret }) => {
  if (secret !== undefined && !kubernetes)
    throw new UserFault('--secret allows a Secret of a cluster: give --kubernetes as well.')
  process.stdout.write(kubernetes ? rbacManifest(secretsOf(secret)) : iamPolicy(findPlaintext === true))
  return exitCodes.clean
}
