/** Code at the edge that may change what the origin receives. */
import type { Link } from '#topology/model.ts'

/**
 * ARNs of functions that run between CloudFront and the origin, where they can set any header.
 * Functions at the viewer's side are left out: nearly every site has one, and few touch the origin's headers.
 */
export const edgeCode = (link: Link): readonly string[] => [
  ...new Set(
    link.behaviors.flatMap(b => b.functions.filter(f => f.event === 'origin-request').map(f => f.arn)),
  ),
]
