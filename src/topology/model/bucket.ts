/** S3 buckets in the graph. */
import type { Known } from '#base/known.ts'
import type { ResourcePolicy } from './lambda.ts'
import type { Ref } from './ref.ts'

export interface Bucket {
  readonly ref: Ref
  readonly name: string
  readonly policy: Known<ResourcePolicy | null>
  readonly grants: Known<readonly AclGrant[]>
  readonly publicAccess: {
    readonly bucket: Known<PublicAccessBlock | null>
    readonly account: Known<PublicAccessBlock | null>
  }
  /** Whether it has a website endpoint too. */
  readonly website: Known<boolean>
  /** With `BucketOwnerEnforced` no access control list counts, of the bucket or its objects. */
  readonly ownership: Known<'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter' | null>
}

/** One grant of the bucket's own access control list. */
export interface AclGrant {
  /** `named`: one account, or AWS's own log delivery. */
  readonly to: 'everyone' | 'any-account' | 'named'
  /** `READ` lists the keys of the objects; `FULL_CONTROL` everything. */
  readonly permission: string
}

/** What of Block Public Access changes who gets in; the other two flags refuse new settings only. */
export interface PublicAccessBlock {
  readonly ref: Ref
  readonly ignorePublicAcls: boolean
  readonly restrictPublicBuckets: boolean
}
