/** The edits that a fix may consist of. Of fixes of one size, the one whose edits come first here is proposed. */
import type { Edge, Edit, EditSort } from './edit.ts'
import { denyDefault, denyRule } from './edits/deny.ts'
import { dropHeaderValue } from './edits/drop-value.ts'
import { requireHeader } from './edits/gate.ts'
import { deleteListener } from './edits/listener.ts'
import { cloudFrontOnlyIngress, revokeIngress } from './edits/security-group.ts'
import { swapRules } from './edits/swap.ts'
import { webAclBlocks } from './edits/web-acl.ts'
import type { Spot } from './spot.ts'

export const editSorts: readonly EditSort[] = [
  denyDefault,
  dropHeaderValue,
  webAclBlocks,
  swapRules,
  denyRule,
  requireHeader,
  revokeIngress,
  cloudFrontOnlyIngress,
  deleteListener,
]

/** Changes to what the witness passes, any of which might stop it; in order of preference, each once. */
export const editsAt = (spot: Spot, edge: Edge): readonly Edit[] => [
  ...new Map(editSorts.flatMap(sort => sort.at(spot, edge)).map(edit => [edit.key, edit])).values(),
]
