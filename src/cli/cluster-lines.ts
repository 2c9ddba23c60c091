/** Says who answers for the cluster of the demo account: the real nginx, or nobody, and then why. */

interface Front {
  readonly loadBalancer: string
  /** A clause: why nobody answers there; null where nginx does. */
  readonly silent: string | null
}

const modelOnly = 'judged from the model of its manifests, and probes get no answer from it'

/** `version` of nginx; null where it is not installed. */
export const clusterLines = (version: string | null, fronts: readonly Front[]): readonly string[] => {
  if (version === null) return [`nginx is not installed: the cluster is ${modelOnly}.`]
  const live = fronts.filter(f => f.silent === null).map(f => f.loadBalancer)
  return [
    ...(live.length === 0
      ? []
      : [
          `nginx ${version} answers behind ${live.join(', ')}, with the configuration that ingress-nginx renders from the manifests of the cluster.`,
        ]),
    ...fronts.flatMap(({ loadBalancer, silent }) =>
      silent === null ? [] : [`What is behind ${loadBalancer} is ${modelOnly}: ${silent}.`],
    ),
  ]
}
