/** What a certificate rests on besides what was read, as sentences for people. */

/** By the name that `reliesOn` carries; entries of the uncertainty register have names of their own (`U-06`). */
const assumptions: Readonly<Record<string, string>> = {
  'changes-told-late':
    'Nobody changed the API in the quarter of an hour before it was read: CloudTrail may not tell of that yet.',
  'other-callers':
    'Only this API leads to what it calls: function URLs, event sources and other APIs are not followed.',
  'integrations-as-configured':
    'No stage of an API serves an older deployment with an integration through a VPC link that is no longer configured.',
  'cluster-as-read':
    'The cluster runs what was read of it: a manifest or object that is not there is not served, and nothing else answers on the ports of the controller.',
  'copies-elsewhere':
    'Other accounts keep to themselves the copies of objects that a replication rule sends them: their buckets are not read.',
  'other-networks':
    'No load balancer of another VPC or region, no VPC Lattice and no Verified Access leads to the targets: they are not read.',
  'targets-elsewhere':
    'Nothing but what was read leads to registered addresses outside the VPCs that were read.',
  'targets-from-inside': 'Nobody inside the network connects to the targets themselves.',
  'trust-store': "The trust store accepts no certificate but CloudFront's: its contents are not read.",
}

/** One sentence for all undocumented details, one for each assumption. */
export const assumptionTexts = (reliesOn: readonly string[]): readonly string[] => {
  const details = reliesOn.filter(id => !Object.hasOwn(assumptions, id))
  return [
    ...(details.length > 0 ? [`Holds under every reading of ${details.join(', ')}.`] : []),
    ...reliesOn.flatMap(id => assumptions[id] ?? []).map(text => `Assumes: ${text}`),
  ]
}
