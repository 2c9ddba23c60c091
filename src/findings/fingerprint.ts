/** The identity of a finding: the same from run to run while the problem stays, whatever else changes. */
import { identityFingerprint } from '#base/fingerprint.ts'
import type { Finding } from './result.ts'

type Identity = Pick<Finding, 'rule' | 'distribution' | 'origin'> & {
  readonly subject: Pick<Finding['subject'], 'account' | 'arn' | 'name'>
}

/** 32 hex digits. Nothing in it depends on the snapshot, on line numbers or on the key of the sealed values. */
export const findingFingerprint = ({ rule, subject, distribution, origin }: Identity): string =>
  identityFingerprint(rule, subject.account, subject.arn, subject.name, distribution ?? '', origin ?? '')
