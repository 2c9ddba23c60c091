/** The Route 53 operations that collecting uses. */
import type * as Route53 from '@aws-sdk/client-route-53'
import { operationsOf } from './operation.ts'

const define = operationsOf('route-53')

export const listHostedZones = define<
  Route53.ListHostedZonesCommandInput,
  Route53.ListHostedZonesCommandOutput
>()({
  name: 'ListHostedZones',
  target: '*',
  purpose: 'the zones that origin names are in',
  items: output => output.HostedZones,
  next: output => (output.IsTruncated ? { Marker: output.NextMarker } : undefined),
})

export const listResourceRecordSets = define<
  Route53.ListResourceRecordSetsCommandInput,
  Route53.ListResourceRecordSetsCommandOutput
>()({
  name: 'ListResourceRecordSets',
  target: 'hosted zone id, without its path',
  purpose: 'the records that lead from an origin name to its load balancer',
  always: { MaxItems: 300 },
  items: output => output.ResourceRecordSets,
  next: output =>
    output.IsTruncated
      ? {
          StartRecordName: output.NextRecordName,
          StartRecordType: output.NextRecordType,
          StartRecordIdentifier: output.NextRecordIdentifier,
        }
      : undefined,
})
