/**
 * Reads a cluster: every kind of `resources.ts`, and of ConfigMaps and Secrets only those that a controller or a check names.
 *
 * Calls: one for the groups that are served, one for each page of 500 of each kind, one more for each kind whose first group or version is not served, and one
 * for each ConfigMap and Secret.
 */
import type { Gap, GapCode } from '#base/gap.ts'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Failure } from '../failure.ts'
import type { Journal } from '../journal.ts'
import { type ClusterAccess, type ClusterApi, openCluster } from './api.ts'
import { asked, listed } from './ask.ts'
import { configMapOf, isController, type ObjectName } from './controllers.ts'
import { arnOf, type Fields, fieldsAt, type Named, textAt } from './fields.ts'
import { keptOf } from './kept.ts'
import { type PasswordForm, passwordSecretsOf } from './password-files.ts'
import { operationOf, type Resource, resourceName, resources } from './resources.ts'

interface Reader {
  readonly api: ClusterApi
  readonly journal: Pick<Journal, 'resources' | 'reads' | 'gaps'>
  /**
   * Groups that are served; null where the cluster does not say. Who may not list a kind is told so even where the
   * cluster does not know it: this tells the two apart.
   */
  readonly served: ReadonlySet<string> | null
}

interface Listed {
  readonly resource: Resource
  readonly objects: readonly Fields[]
  readonly whole: boolean
}

const namespaceOf = (object: Fields, { namespaced }: Resource): string =>
  namespaced ? textAt(fieldsAt(object, 'metadata'), 'namespace') || 'default' : '-'

const nameOf = (object: Fields): string => textAt(fieldsAt(object, 'metadata'), 'name')

const keep = (
  { api, journal }: Reader,
  resource: Resource,
  object: Fields,
  forms: readonly PasswordForm[] = [],
): void => {
  const named: Named = {
    kind: resource.kind,
    apiVersion: textAt(object, 'apiVersion'),
    namespace: namespaceOf(object, resource),
    name: nameOf(object),
  }
  const group = named.apiVersion.includes('/') ? (named.apiVersion.split('/')[0] ?? '') : ''
  const record: ResourceRecord = {
    record: 'resource',
    type: resource.type,
    arn: arnOf(api.cluster, named),
    account: '',
    region: api.cluster,
    source: {
      kind: 'kubernetes',
      cluster: api.cluster,
      resource: resourceName(resource.plural, group),
    },
    config: keptOf(object, named, () => undefined, forms),
  }
  journal.resources.push(record)
}

const noteRead = ({ api, journal }: Reader, resource: Resource, target: string, count: number): void => {
  journal.reads.push({
    record: 'read',
    service: 'kubernetes',
    operation: operationOf(resource),
    account: '',
    region: api.cluster,
    target,
    count,
  })
}

const miss = (
  { api, journal }: Reader,
  resource: Resource,
  target: string,
  code: GapCode,
  message: string,
  group = resource.groups[0]?.group ?? '',
): void => {
  const gap: Gap = {
    code,
    service: 'kubernetes',
    operation: operationOf(resource),
    target,
    account: '',
    region: api.cluster,
    action: `${resource.verb} ${resourceName(resource.plural, group)}`,
    message,
  }
  journal.gaps.push(gap)
}

const why = ({ code, reason }: Failure): string => {
  if (reason === 'HTTP-401') return 'the cluster refuses the credentials of the kubeconfig'
  if (code === 'denied') return 'RBAC does not allow it'
  if (/^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_)/.test(reason))
    return `its certificate is not accepted (${reason}): see certificate-authority in the kubeconfig`
  if (code === 'unreachable' || code === 'timeout') return `the cluster does not answer (${reason})`
  if (code === 'failed' && !reason.startsWith('HTTP-'))
    return `it failed with ${reason}, which may be the kubeconfig's own command for credentials`
  return `the cluster answered ${reason}`
}

/** The first version that is served; null where none is. */
const listOfGroup = async (
  reader: Reader,
  resource: Resource,
  { group, versions }: Resource['groups'][number],
): Promise<readonly Fields[] | null> => {
  if (resource.custom && reader.served?.has(group) === false) return []
  for (const version of versions) {
    const answer = await listed(reader.api, { group, version, plural: resource.plural })
    if ('value' in answer) {
      const apiVersion = group === '' ? version : `${group}/${version}`
      return answer.value.map(object => ({ ...object, apiVersion, kind: resource.kind }))
    }
    if (answer.failure.code === 'not-found' && resource.custom) continue
    const name = resourceName(resource.plural, group)
    const message = `Cannot list ${name} of the cluster ${reader.api.cluster}: ${why(answer.failure)}.`
    miss(reader, resource, '*', answer.failure.code, message, group)
    return null
  }
  return []
}

const readList = async (reader: Reader, resource: Resource): Promise<Listed> => {
  const lists = await Promise.all(resource.groups.map(group => listOfGroup(reader, resource, group)))
  const found = lists.flatMap(list => list ?? [])
  const objects = resource.type === types.workload ? found.filter(isController) : found
  const whole = lists.every(list => list !== null)
  for (const object of objects) keep(reader, resource, object)
  if (whole) noteRead(reader, resource, '*', objects.length)
  return { resource, objects, whole }
}

const readNamed = async (
  reader: Reader,
  resource: Resource,
  { namespace, name }: ObjectName,
  forms: readonly PasswordForm[] = [],
): Promise<void> => {
  const plural = resource.type === types.kubernetesSecret ? 'secrets' : 'configmaps'
  const target = `${namespace}/${name}`
  const answer = await asked(() => reader.api.get(plural, namespace, name))
  if ('value' in answer) {
    keep(reader, resource, { ...answer.value, apiVersion: 'v1', kind: resource.kind }, forms)
    return noteRead(reader, resource, target, 1)
  }
  if (answer.failure.code === 'not-found') return noteRead(reader, resource, target, 0)
  const message = `Cannot get ${plural} ${target} of the cluster ${reader.api.cluster}: ${why(answer.failure)}.`
  miss(reader, resource, target, answer.failure.code, message)
}

const keyOf = ({ namespace, name }: ObjectName): string => `${namespace}/${name}`

const objectsOf = (lists: readonly Listed[], type: string) =>
  lists
    .filter(({ resource }) => resource.type === type)
    .flatMap(({ resource, objects }) => objects.map(o => ({ object: o, space: namespaceOf(o, resource) })))

/** Where the lists that name objects are not whole, more may be named than is read. */
const namesUnknown = (
  reader: Reader,
  resource: Resource,
  lists: readonly Listed[],
  from: readonly string[],
) => {
  if (lists.every(({ resource: { type }, whole }) => whole || !from.includes(type))) return
  const message = `Which ${resource.plural} to read is not known: objects of ${reader.api.cluster} that name them could not be listed.`
  miss(reader, resource, '*', 'not-read', message)
}

const readSettings = async (reader: Reader, resource: Resource, lists: readonly Listed[]): Promise<void> => {
  const named = objectsOf(lists, types.workload).map(({ object, space }) => configMapOf(object, space))
  const clear = new Map<string, ObjectName>()
  for (const one of named) {
    if (one === null) continue
    if ('name' in one) clear.set(keyOf(one), one)
    else {
      const message = `A controller of ${reader.api.cluster} names its ConfigMap by a variable that this version does not follow.`
      miss(reader, resource, '*', 'unresolved', message)
    }
  }
  namesUnknown(reader, resource, lists, [types.workload])
  await Promise.all([...clear.values()].map(one => readNamed(reader, resource, one)))
}

const readPasswords = async (reader: Reader, resource: Resource, lists: readonly Listed[]): Promise<void> => {
  const users = [types.ingress, types.middleware]
  const named = users
    .flatMap(type => objectsOf(lists, type))
    .flatMap(({ object, space }) => passwordSecretsOf(object, space))
  namesUnknown(reader, resource, lists, users)
  await Promise.all(
    [...Map.groupBy(named, keyOf).values()].map(uses => {
      const [first] = uses
      const forms = [...new Set(uses.map(({ form }) => form))].sort()
      return first && readNamed(reader, resource, first, forms)
    }),
  )
}

/** Throws a UserFault where the kubeconfig cannot be used; whatever the cluster refuses becomes a gap. */
export const readCluster = async (access: ClusterAccess, journal: Reader['journal']): Promise<void> => {
  const api = await openCluster(access)
  const groups = await asked(() => api.groups())
  const reader: Reader = { api, journal, served: 'value' in groups ? groups.value : null }
  const lists = await Promise.all(
    resources.filter(({ verb }) => verb === 'list').map(resource => readList(reader, resource)),
  )
  const readers: Readonly<Record<string, typeof readSettings>> = {
    [types.configMap]: readSettings,
    [types.kubernetesSecret]: readPasswords,
  }
  await Promise.all(resources.map(resource => readers[resource.type]?.(reader, resource, lists)))
}
