/** Why a distribution may have behaviours that are not in the graph. */
import type { Gap } from '#base/gap.ts'
import { unreadBehavior } from '#topology/behavior.ts'
import type { Distribution, Topology } from '#topology/model.ts'

export const unreadBehaviors = ({ gaps }: Topology, { ref }: Distribution): readonly Gap[] =>
  gaps.filter(g => g.target === ref.arn && g.code === 'unrecognised' && g.message.includes(unreadBehavior))
