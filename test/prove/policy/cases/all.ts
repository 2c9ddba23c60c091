/** What resource policies mean, case by case: statements, who asks, and the answer with its one-line reason. */
import { actions, resources } from './actions-resources.ts'
import { addresses, arns, sets } from './addresses-arns.ts'
import type { PolicyCase } from './case.ts'
import { notPrincipals, principals } from './principals.ts'
import { dates, numbers, others, strings } from './strings-numbers.ts'
import { together } from './together.ts'

export const policyCases: Readonly<Record<string, readonly PolicyCase[]>> = {
  Principal: principals,
  NotPrincipal: notPrincipals,
  'Action and NotAction': actions,
  'Resource and NotResource': resources,
  'String operators': strings,
  'Numeric operators': numbers,
  'Date operators': dates,
  'Bool, BinaryEquals, Null and IfExists': others,
  'IpAddress and NotIpAddress': addresses,
  'ARN operators': arns,
  'ForAnyValue and ForAllValues': sets,
  'statements together': together,
}
