/** The workloads that run ingress-nginx, and what their arguments say. */
import type { LocatedResource } from '#snapshot/record.ts'
import { listAt, objectAt, textAt } from '../config.ts'
import { type ClusterObject, labelsOf, objectOf, textsIn } from './object.ts'

export interface ControllerWorkload extends ClusterObject {
  /** `1.12.1`; null where the image has no such tag. */
  readonly version: string | null
  /** By name without dashes in front; `true` where an argument has no value. */
  readonly args: ReadonlyMap<string, string>
  readonly podLabels: Readonly<Record<string, string>>
}

/** Images that hold the controller of the Kubernetes project: its own, its older name, and repackaged ones. */
const controllerImage = /(?:^|\/)(?:ingress-nginx\/controller|nginx-ingress-controller)(?:-chroot)?(?:[:@]|$)/

/** Null for a workload that runs something else. */
export const controllerWorkload = (resource: LocatedResource): ControllerWorkload | null => {
  const pod = objectAt(resource.config, 'spec', 'template', 'spec')
  const containers = listAt(pod, 'containers') ?? []
  const own = containers.find(c => controllerImage.test(textAt(c, 'image') ?? ''))
  if (own === undefined) return null
  const { namespace, ...object } = objectOf(resource)
  const words = [...(listAt(own, 'command') ?? []), ...(listAt(own, 'args') ?? [])]
  return {
    ...object,
    namespace,
    version: versionIn(textAt(own, 'image') ?? ''),
    args: argsIn(words.filter(word => typeof word === 'string').join(' '), namespace),
    podLabels: {
      ...labelsOf(resource),
      ...textsIn(objectAt(resource.config, 'spec', 'template', 'metadata', 'labels')),
    },
  }
}

const versionIn = (image: string): string | null => /:v?(\d+\.\d+\.\d+)/.exec(image)?.[1] ?? null

/** `$(POD_NAMESPACE)` stands for the pod's own. */
const argsIn = (line: string, namespace: string): ReadonlyMap<string, string> =>
  new Map(
    [...line.matchAll(/(?:^|\s)--?([a-z][a-z0-9-]*)(?:[= ]([^\s-][^\s]*))?/g)].map(([, name = '', value]) => [
      name,
      (value ?? 'true').replaceAll('$(POD_NAMESPACE)', namespace),
    ]),
  )
