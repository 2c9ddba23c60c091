/** What of a world stands in clear: parameters, stacks, user data and task definitions, as their services show them. */
import { types } from '#snapshot/resource-types.ts'
import { plainTypes } from '../plain-types.ts'
import { type Operations, only, orRefuse, texts, without } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config, View } from './view.ts'

interface Filter {
  readonly Key: string
  readonly Values?: readonly string[]
}

/** The lab filters by type and by name alone. */
const passes = (filters: readonly Filter[], one: Config): boolean =>
  filters.every(({ Key, Values = [] }) => Values.includes(String(one[Key])))

export const ssmParameters: Operations = {
  DescribeParameters: ({ input, view, pageSize }) => {
    const filters = (input.ParameterFilters ?? []) as readonly Filter[]
    const found = view.list(plainTypes.parameter).filter(one => passes(filters, one))
    const page = pageOf(found, {
      token: input.NextToken,
      asked: input.MaxResults,
      most: 50,
      pageSize,
      badToken: 'InvalidNextToken',
    })
    return { Parameters: page.items.map(one => without(one, 'Value')), NextToken: page.next }
  },
  GetParameters: ({ input, view }) => {
    const asked = texts(input.Names) ?? []
    const found = asked.flatMap(name => view.by(plainTypes.parameter, 'Name', name))
    const shown = (one: Config): Config =>
      one.Type === 'SecureString' && input.WithDecryption !== true
        ? { ...one, Value: Buffer.from(`lab ciphertext of ${String(one.Name)}`).toString('base64') }
        : one
    return {
      Parameters: found.map(shown),
      InvalidParameters: asked.filter(name => !found.some(one => one.Name === name)),
    }
  },
}

const stackOf = (view: View, name: unknown): Config =>
  orRefuse(
    view.list(plainTypes.stack).filter(one => one.StackId === name || one.StackName === name),
    'ValidationError',
    `Stack with id ${name}`,
  )

export const cloudformation: Operations = {
  ListStacks: ({ input, view, pageSize }) => {
    const paging = {
      token: input.NextToken,
      asked: undefined,
      most: 100,
      pageSize,
      badToken: 'ValidationError',
    }
    const { items, next } = pageOf(view.list(plainTypes.stack), paging)
    const shown = items.map(one => only(one, 'StackId', 'StackName', 'StackStatus', 'CreationTime'))
    return { StackSummaries: shown, NextToken: next }
  },
  DescribeStacks: ({ input, view }) => ({
    Stacks: [without(stackOf(view, input.StackName), 'TemplateBody')],
  }),
  GetTemplate: ({ input, view }) => ({ TemplateBody: stackOf(view, input.StackName).TemplateBody }),
}

export const ec2UserData: Operations = {
  DescribeInstanceAttribute: ({ input, view }) => {
    const id = input.InstanceId
    orRefuse(view.by(types.instance, 'InstanceId', id), 'InvalidInstanceID.NotFound', id)
    const [own] = view.by(plainTypes.userData, 'InstanceId', id)
    return { InstanceId: id, UserData: own === undefined ? {} : { Value: own.UserData } }
  },
  DescribeLaunchTemplateVersions: ({ input, view, pageSize }) => {
    const page = pageOf(view.list(plainTypes.launchTemplate), {
      token: input.NextToken,
      asked: input.MaxResults,
      most: 200,
      pageSize,
      badToken: 'InvalidNextToken',
    })
    return { LaunchTemplateVersions: page.items, NextToken: page.next }
  },
}

export const ecs: Operations = {
  ListTaskDefinitions: ({ input, view, pageSize }) => {
    const all = view.list(plainTypes.taskDefinition)
    const found = all.filter(one => input.status === undefined || one.status === input.status)
    const page = pageOf(found, {
      token: input.nextToken,
      asked: input.maxResults,
      most: 100,
      pageSize,
      badToken: 'InvalidParameterException',
    })
    return { taskDefinitionArns: page.items.map(one => one.taskDefinitionArn), nextToken: page.next }
  },
  DescribeTaskDefinition: ({ input, view }) => ({
    taskDefinition: orRefuse(
      view.by(plainTypes.taskDefinition, 'taskDefinitionArn', input.taskDefinition),
      'ClientException',
      input.taskDefinition,
    ),
  }),
}
