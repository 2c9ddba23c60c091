/** The one door to a cluster: its own client, asked to list and to get, and for nothing else. */
import { dirname } from 'node:path'
import pLimit from 'p-limit'
import { UserFault } from '#base/fault.ts'
import { plainFields } from '../plain.ts'
import { type Fields, fieldsAt, isFields, textAt } from './fields.ts'

/** A kubeconfig as it was read. */
export interface ClusterAccess {
  /** Absolute; the names of files in it are relative to its folder. */
  readonly file: string
  readonly text: string
  /** The current one of the kubeconfig unless given. */
  readonly context?: string
}

export interface Page {
  readonly items: readonly Fields[]
  /** Asks for the next page; empty on the last. */
  readonly next: string
}

export interface ClusterApi {
  /** Name of the context. */
  readonly cluster: string
  /** Names of the API groups that the cluster serves, the core group aside. */
  groups(): Promise<ReadonlySet<string>>
  /** Objects of all namespaces; an empty group is the core group. */
  list(group: string, version: string, plural: string, next: string): Promise<Page>
  get(plural: 'configmaps' | 'secrets', namespace: string, name: string): Promise<Fields>
}

/** What the API server itself takes for a sensible page. */
const pageSize = 500
/** Questions under way at once. */
const concurrency = 8
/** Milliseconds for one answer, credentials from a helper program of the kubeconfig included. */
const patience = 30_000

class Impatience extends Error {
  override readonly name = 'TimeoutError'
}

const inTime = async <T>(ask: () => Promise<T>, ms: number): Promise<T> => {
  const answer = ask()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Impatience(`no answer in ${ms} ms`)), ms)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

/** Every object has a name; an answer where one has none is no answer of this API. */
const isObject = (item: unknown): item is Fields =>
  isFields(item) && textAt(fieldsAt(item, 'metadata'), 'name') !== ''

const pageOf = (answer: unknown): Page => {
  const fields = isFields(answer) ? plainFields(answer) : {}
  const { items } = fields
  if (!(Array.isArray(items) && items.every(isObject))) throw new SyntaxError('The answer is no list.')
  return { items, next: nextOf(fields) }
}

/** Typed answers of the client spell it with an underscore. */
const nextOf = (list: Fields): string => {
  const metadata = fieldsAt(list, 'metadata')
  return textAt(metadata, 'continue') || textAt(metadata, '_continue')
}

type Client = typeof import('@kubernetes/client-node')

const configured = (client: Client, { file, text, context }: ClusterAccess) => {
  const config = new client.KubeConfig()
  try {
    config.loadFromString(text)
    config.makePathsAbsolute(dirname(file))
  } catch {
    // What the client says of it repeats lines of the file, tokens among them.
    throw new UserFault(
      `The kubeconfig ${file} cannot be used: it is no YAML, or a cluster, user or context in it lacks a part.`,
    )
  }
  const name = context ?? config.getCurrentContext()
  if (!name) throw new UserFault(`The kubeconfig ${file} has no current context: choose one with --context.`)
  config.setCurrentContext(name)
  if (!config.getContextObject(name) || !config.getCurrentCluster())
    throw new UserFault(`The kubeconfig ${file} has no context ${JSON.stringify(name)} with a cluster.`)
  return config
}

/** Throws a UserFault where the kubeconfig cannot be used; whether the cluster answers is seen when it is asked. */
export const openCluster = async (access: ClusterAccess, ms = patience): Promise<ClusterApi> => {
  const client = await import('@kubernetes/client-node')
  const config = configured(client, access)
  const core = config.makeApiClient(client.CoreV1Api)
  const groups = config.makeApiClient(client.CustomObjectsApi)
  const ofCore: Readonly<Record<string, (asked: { limit: number; _continue?: string }) => Promise<unknown>>> =
    {
      services: asked => core.listServiceForAllNamespaces(asked),
      namespaces: asked => core.listNamespace(asked),
    }
  const limit = pLimit(concurrency)
  const discovery = config.makeApiClient(client.ApisApi)
  return {
    cluster: config.getCurrentContext(),
    async groups() {
      const { groups: served } = await inTime(() => discovery.getAPIVersions(), ms)
      return new Set(served.map(({ name }) => name))
    },
    async list(group, version, plural, next) {
      const asked = { limit: pageSize, ...(next === '' ? {} : { _continue: next }) }
      const own = group === '' ? ofCore[plural] : undefined
      const ask = (): Promise<unknown> =>
        own ? own(asked) : groups.listClusterCustomObject({ group, version, plural, ...asked })
      return pageOf(await limit(() => inTime(ask, ms)))
    },
    async get(plural, namespace, name) {
      const ask = (): Promise<unknown> =>
        plural === 'secrets'
          ? core.readNamespacedSecret({ namespace, name })
          : core.readNamespacedConfigMap({ namespace, name })
      const object = await limit(() => inTime(ask, ms))
      if (!isObject(object)) throw new SyntaxError('The answer is no object.')
      return plainFields(object)
    },
  }
}
