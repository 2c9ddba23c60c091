/** Looks through the code of CloudFront functions, which was read anyway and does not leave: no further call is made. */
import { types } from '#snapshot/resource-types.ts'
import { getFunction } from '../operations/cloudfront.ts'
import type { Look } from './look.ts'

export function lookInEdgeFunctions({ reader, at }: Look): void {
  for (const { arn, config } of reader.journal.resources.filter(r => r.type === types.edgeFunction))
    if (typeof config.FunctionCode === 'string')
      at(getFunction, { kind: 'edge-function-code', resource: arn, key: '' }, config.FunctionCode)
}
