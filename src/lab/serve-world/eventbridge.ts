/** Amazon EventBridge of a world: the rules of the default bus and what they run. */
import { types } from '#snapshot/resource-types.ts'
import { type Operations, type Output, orRefuse, type Request } from './operation.ts'
import { pageOf } from './page.ts'

const paged = <T>({ input, pageSize }: Request, all: readonly T[], key: string): Output => {
  const { items, next } = pageOf(all, {
    token: input.NextToken,
    asked: input.Limit,
    most: 100,
    pageSize,
    badToken: 'ValidationException',
  })
  return { [key]: items, NextToken: next }
}

export const eventbridge: Operations = {
  ListRules: request => paged(request, request.view.list(types.eventRule), 'Rules'),
  ListTargetsByRule: request => {
    const { view, input } = request
    orRefuse(view.by(types.eventRule, 'Name', input.Rule), 'ResourceNotFoundException', input.Rule)
    const [found] = view.by(types.eventTargets, 'Rule', input.Rule)
    const arns = Array.isArray(found?.TargetArns) ? found.TargetArns : []
    // What a target is sent may hold anything.
    const Input = '{"value":"lab-target-input-that-must-not-be-kept"}'
    return paged(
      request,
      arns.map((Arn, i) => ({ Id: `target-${i}`, Arn, Input })),
      'Targets',
    )
  },
}
