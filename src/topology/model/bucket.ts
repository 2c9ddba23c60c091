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
  /** Those of the bucket's own account; those of others cannot be listed. */
  readonly accessPoints: Known<readonly AccessPoint[]>
  /** Multi-Region Access Points of the bucket's own account that lead to it. */
  readonly multiRegion: Known<readonly Ref[]>
  /** Where its objects are replicated to; none of a bucket that holds such copies itself. */
  readonly copies: Known<readonly BucketCopy[]>
}

/** Another name under which the objects of a bucket are asked for. */
export interface AccessPoint {
  readonly ref: Ref
  readonly name: string
  /** Stands in the place of a bucket's name in host names; null where AWS did not say. */
  readonly alias: string | null
  /** `VPC`: it answers requests of one network alone. */
  readonly networkOrigin: 'Internet' | 'VPC' | 'unrecognised'
  readonly policy: Known<ResourcePolicy | null>
  /** Whether AWS counts the policy as public; false without one. */
  readonly isPublic: Known<boolean>
  /** Null without a policy: then it was not asked for. */
  readonly publicAccess: Known<PublicAccessBlock | null>
}

/** A bucket that a replication rule copies objects to, under the same keys. */
export interface BucketCopy {
  readonly name: string
  /** Of the account that holds it, where the rule says so. */
  readonly account: string | null
  /** Keys of the objects that are copied begin so. */
  readonly prefix: string
  /** Whether the rule is enabled; of one that is not, copies may be left. */
  readonly active: boolean
  /** Null where it is of none of the accounts that were read. */
  readonly bucket: Bucket | null
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
