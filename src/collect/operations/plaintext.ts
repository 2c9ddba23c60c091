/** The operations that read values, used with `--find-plaintext` only; their targets tell them from other uses of a name. */
import type * as CloudFormation from '@aws-sdk/client-cloudformation'
import type * as Ec2 from '@aws-sdk/client-ec2'
import type * as Ecs from '@aws-sdk/client-ecs'
import type * as Lambda from '@aws-sdk/client-lambda'
import type * as Ssm from '@aws-sdk/client-ssm'
import { byMarker, byToken, one, operationsOf } from './operation.ts'

/** Paging as Amazon ECS does it. */
const bySmallToken = (output: { readonly nextToken?: string | undefined }) =>
  output.nextToken ? { nextToken: output.nextToken } : undefined

export const listFunctionVersions = operationsOf('lambda')<
  Lambda.ListFunctionsCommandInput,
  Lambda.ListFunctionsCommandOutput
>()({
  name: 'ListFunctions',
  purpose: 'environment variables of every function version',
  target: 'all versions',
  always: { FunctionVersion: 'ALL' },
  items: output => output.Functions,
  next: byMarker,
})

export const describePlainParameters = operationsOf('ssm')<
  Ssm.DescribeParametersCommandInput,
  Ssm.DescribeParametersCommandOutput
>()({
  name: 'DescribeParameters',
  purpose: 'the names of parameters that are not encrypted',
  target: 'types String and StringList',
  always: {
    MaxResults: 50,
    ParameterFilters: [{ Key: 'Type', Option: 'Equals', Values: ['String', 'StringList'] }],
  },
  items: output => output.Parameters,
  next: byToken,
})

/** Asked for names of plain parameters only, and without decryption: a SecureString would stay encrypted. */
export const getPlainParameters = operationsOf('ssm')<
  Ssm.GetParametersCommandInput,
  Ssm.GetParametersCommandOutput
>()({
  name: 'GetParameters',
  purpose: 'the values of parameters of type String and StringList; never of a SecureString',
  target: 'parameter name',
  always: { WithDecryption: false },
  items: output => output.Parameters,
})

export const listStacks = operationsOf('cloudformation')<
  CloudFormation.ListStacksCommandInput,
  CloudFormation.ListStacksCommandOutput
>()({
  name: 'ListStacks',
  purpose: 'the stacks',
  target: '*',
  items: output => output.StackSummaries,
  next: byToken,
})

export const describeStack = operationsOf('cloudformation')<
  CloudFormation.DescribeStacksCommandInput,
  CloudFormation.DescribeStacksCommandOutput
>()({
  name: 'DescribeStacks',
  purpose: 'parameters and outputs of a stack',
  target: 'stack ARN',
  items: output => output.Stacks,
  next: byToken,
})

export const getTemplate = operationsOf('cloudformation')<
  CloudFormation.GetTemplateCommandInput,
  CloudFormation.GetTemplateCommandOutput
>()({
  name: 'GetTemplate',
  purpose: 'the template of a stack',
  target: 'stack ARN',
  items: output => one(output.TemplateBody),
})

export const describeAllInstances = operationsOf('ec2')<
  Ec2.DescribeInstancesCommandInput,
  Ec2.DescribeInstancesCommandOutput
>()({
  name: 'DescribeInstances',
  purpose: 'the instances whose user data is read',
  target: 'all instances',
  always: { MaxResults: 1000 },
  items: output => output.Reservations?.flatMap(reservation => reservation.Instances ?? []),
  next: byToken,
})

export const describeUserData = operationsOf('ec2')<
  Ec2.DescribeInstanceAttributeCommandInput,
  Ec2.DescribeInstanceAttributeCommandOutput
>()({
  name: 'DescribeInstanceAttribute',
  purpose: 'user data of an instance',
  target: 'instance id',
  always: { Attribute: 'userData' },
  // An instance without user data has a member without a value.
  items: output => one(output.UserData),
})

export const describeLaunchTemplates = operationsOf('ec2')<
  Ec2.DescribeLaunchTemplateVersionsCommandInput,
  Ec2.DescribeLaunchTemplateVersionsCommandOutput
>()({
  name: 'DescribeLaunchTemplateVersions',
  purpose: 'user data of the latest and the default version of every launch template',
  target: '*',
  always: { Versions: ['$Latest', '$Default'], MaxResults: 200 },
  items: output => output.LaunchTemplateVersions,
  next: byToken,
})

export const listTaskDefinitions = operationsOf('ecs')<
  Ecs.ListTaskDefinitionsCommandInput,
  Ecs.ListTaskDefinitionsCommandOutput
>()({
  name: 'ListTaskDefinitions',
  purpose: 'the active task definitions',
  target: '*',
  always: { status: 'ACTIVE', maxResults: 100 },
  items: output => output.taskDefinitionArns,
  next: bySmallToken,
})

export const describeTaskDefinition = operationsOf('ecs')<
  Ecs.DescribeTaskDefinitionCommandInput,
  Ecs.DescribeTaskDefinitionCommandOutput
>()({
  name: 'DescribeTaskDefinition',
  purpose: 'environment variables, commands and labels of the containers of a task',
  target: 'task definition ARN',
  items: output => one(output.taskDefinition),
})
