/** Looks through the environment variables of Lambda functions, old versions included: they run too. */
import { listFunctionVersions } from '../operations/plaintext.ts'
import type { Look } from './look.ts'

export async function lookInFunctions({ reader, region, at }: Look): Promise<void> {
  const { ask, journal } = reader
  const { items } = await ask(listFunctionVersions, { region, input: {}, about: listFunctionVersions.target })
  for (const { FunctionArn = '', Environment } of items) {
    const resource = FunctionArn.replace(/:\$LATEST$/, '')
    for (const [key, value] of Object.entries(Environment?.Variables ?? {}))
      at(listFunctionVersions, { kind: 'lambda-environment', resource, key }, value)
    // Variables under a key of one's own are shown to whoever may use that key.
    if (Environment?.Error !== undefined) {
      const message = `The environment variables of ${resource} could not be decrypted: allow kms:Decrypt on its key to close this gap.`
      journal.miss(listFunctionVersions, { code: 'denied', region, target: resource, message })
    }
  }
}
