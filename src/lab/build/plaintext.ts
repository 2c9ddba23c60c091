/** Places of a world where values stand in clear: function variables, parameters, stacks, user data, tasks. */
import { plainTypes } from '../plain-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'
import type { Place } from './place.ts'

type Texts = Readonly<Record<string, string>>

const resource = (
  place: Place,
  type: string,
  arn: string,
  config: Readonly<Record<string, unknown>>,
): WorldResource => ({ type, arn, account: place.account, region: place.region, config })

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** `version` makes it a published one, which keeps the variables of its day. */
export const buildLambdaFunction = (
  place: Place,
  name: string,
  Variables: Texts,
  version?: number,
): WorldResource => {
  const arn = `arn:aws:lambda:${place.region}:${place.account}:function:${name}`
  const FunctionArn = version === undefined ? arn : `${arn}:${version}`
  const own = { FunctionName: name, FunctionArn, Environment: { Variables } }
  return resource(place, plainTypes.function, FunctionArn, {
    ...own,
    ...(version !== undefined && { Version: String(version) }),
  })
}

export const buildParameter = (
  place: Place,
  Name: string,
  Value: string,
  Type: 'String' | 'StringList' | 'SecureString' = 'String',
): WorldResource => {
  const ARN = `arn:aws:ssm:${place.region}:${place.account}:parameter/${Name.replace(/^\//, '')}`
  return resource(place, plainTypes.parameter, ARN, {
    Name,
    ARN,
    Type,
    Value,
    Version: 1,
    LastModifiedDate: '2026-03-01T09:00:00.000Z',
  })
}

interface StackSpec {
  readonly name: string
  readonly parameters?: Texts
  readonly outputs?: Texts
  readonly template?: string
  readonly status?: string
}

export const buildStack = (place: Place, spec: StackSpec): WorldResource => {
  const StackId = `arn:aws:cloudformation:${place.region}:${place.account}:stack/${spec.name}/${hex(32, 'stack', spec.name)}`
  const { parameters = {}, outputs = {} } = spec
  return resource(place, plainTypes.stack, StackId, {
    StackId,
    StackName: spec.name,
    StackStatus: spec.status ?? 'CREATE_COMPLETE',
    CreationTime: '2026-03-01T09:00:00.000Z',
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    TemplateBody: spec.template ?? '{"Resources":{}}',
  })
}

/** User data of an instance of the world, by its id. */
export const buildUserData = (place: Place, InstanceId: string, script: string | Buffer): WorldResource =>
  resource(
    place,
    plainTypes.userData,
    `arn:aws:ec2:${place.region}:${place.account}:instance/${InstanceId}`,
    {
      InstanceId,
      UserData: typeof script === 'string' ? base64(script) : script.toString('base64'),
    },
  )

export const buildLaunchTemplate = (place: Place, name: string, script: string): WorldResource => {
  const LaunchTemplateId = `lt-0${hex(16, 'launch-template', name)}`
  return resource(
    place,
    plainTypes.launchTemplate,
    `arn:aws:ec2:${place.region}:${place.account}:launch-template/${LaunchTemplateId}`,
    {
      LaunchTemplateId,
      LaunchTemplateName: name,
      VersionNumber: 1,
      DefaultVersion: true,
      LaunchTemplateData: { UserData: base64(script) },
    },
  )
}

interface ContainerSpec {
  readonly environment?: Texts
  readonly command?: readonly string[]
  readonly dockerLabels?: Texts
}

export const buildTaskDefinition = (
  place: Place,
  family: string,
  container: ContainerSpec,
): WorldResource => {
  const taskDefinitionArn = `arn:aws:ecs:${place.region}:${place.account}:task-definition/${family}:1`
  const { environment = {}, command = [], dockerLabels = {} } = container
  const own = {
    name: 'app',
    environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
    command,
    dockerLabels,
  }
  return resource(place, plainTypes.taskDefinition, taskDefinitionArn, {
    taskDefinitionArn,
    family,
    revision: 1,
    status: 'ACTIVE',
    containerDefinitions: [own],
  })
}
