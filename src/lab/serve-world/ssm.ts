/** AWS Systems Manager of a world: what is said of parameters; there are no values. */
import { types } from '#snapshot/resource-types.ts'
import type { Operations } from './operation.ts'
import { pageOf } from './page.ts'

export const ssm: Operations = {
  DescribeParameters: ({ input, view, pageSize }) => {
    const { items, next } = pageOf(view.list(types.parameter), {
      token: input.NextToken,
      asked: input.MaxResults,
      most: 50,
      pageSize,
      badToken: 'InvalidNextToken',
    })
    const Parameters = items.map(one => ({ ...one, Description: 'lab-description-that-must-not-be-kept' }))
    return { Parameters, NextToken: next }
  },
}
