/** Looks through the user data of instances and launch templates. */
import { textOfBase64 } from '#snapshot/seal/text-pieces.ts'
import { describeAllInstances, describeLaunchTemplates, describeUserData } from '../operations/plaintext.ts'
import { distinct } from '../reader.ts'
import type { Look } from './look.ts'

/** What is gone has no user data to read. */
const gone: readonly unknown[] = ['terminated', 'shutting-down']

const decoded = (base64: string | undefined): string | undefined =>
  base64 === undefined ? undefined : textOfBase64(base64)

export async function lookInUserData(look: Look): Promise<void> {
  await Promise.all([lookInInstances(look), lookInLaunchTemplates(look)])
}

const lookInInstances = async (look: Look): Promise<void> => {
  const { reader, region } = look
  const about = describeAllInstances.target
  const { items } = await reader.ask(describeAllInstances, { region, input: {}, about })
  const running = items.filter(one => !gone.includes(one.State?.Name))
  await Promise.all(distinct(running.map(one => one.InstanceId)).map(id => lookInInstance(look, id)))
}

const lookInInstance = async ({ reader, region, at }: Look, id: string): Promise<void> => {
  const { items } = await reader.ask(describeUserData, {
    region,
    input: { InstanceId: id, Attribute: 'userData' },
    about: id,
  })
  const resource = `arn:${reader.partition}:ec2:${region}:${reader.account}:instance/${id}`
  for (const { Value } of items)
    at(describeUserData, { kind: 'instance-user-data', resource, key: '' }, decoded(Value))
}

const lookInLaunchTemplates = async ({ reader, region, at }: Look): Promise<void> => {
  const { items } = await reader.ask(describeLaunchTemplates, { region, input: {} })
  for (const { LaunchTemplateId: id, VersionNumber, LaunchTemplateData } of items) {
    const resource = `arn:${reader.partition}:ec2:${region}:${reader.account}:launch-template/${id}`
    const place = { kind: 'launch-template-user-data', resource, key: `version ${VersionNumber}` } as const
    at(describeLaunchTemplates, place, decoded(LaunchTemplateData?.UserData))
  }
}
