/** Load balancers of a world that lead into its cluster. */
import { types } from '#snapshot/resource-types.ts'
import type { World } from '../world.ts'

/** Their ARNs: the AWS Load Balancer Controller tags what it makes. */
export const balancersOfCluster = ({ resources }: World): ReadonlySet<string> =>
  new Set(
    resources
      .filter(r => r.type === types.tags)
      .filter(({ config }) =>
        ((config.Tags ?? []) as readonly { readonly Key: string }[]).some(
          t => t.Key === 'service.k8s.aws/stack',
        ),
      )
      .map(r => String(r.config.ResourceArn)),
  )
