/** Amazon S3 Control of a world: Block Public Access of the account. */
import { types } from '#snapshot/resource-types.ts'
import { type Operations, only, orRefuse } from './operation.ts'

export const s3Control: Operations = {
  GetPublicAccessBlock: ({ view }) =>
    only(
      orRefuse(
        view.list(types.accountPublicAccessBlock),
        'NoSuchPublicAccessBlockConfiguration',
        'Block Public Access of the account',
      ),
      'PublicAccessBlockConfiguration',
    ),
}
