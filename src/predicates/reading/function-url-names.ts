/** How commands of a remediation name a function URL: aliases are named apart from their function. */
import type { FunctionUrl } from '#topology/model.ts'
import type { EvidenceNames } from '../asking/answer.ts'

export const namesOfUrl = ({ alias, functionArn }: FunctionUrl): EvidenceNames =>
  alias === null ? { function: functionArn } : { aliasFunction: functionArn, alias }
