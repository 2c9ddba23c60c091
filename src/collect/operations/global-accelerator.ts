/** The AWS Global Accelerator operations that collecting uses. */
import type * as Accelerator from '@aws-sdk/client-global-accelerator'
import { byToken, operationsOf } from './operation.ts'

const define = operationsOf('global-accelerator')

export const listAccelerators = define<
  Accelerator.ListAcceleratorsCommandInput,
  Accelerator.ListAcceleratorsCommandOutput
>()({
  name: 'ListAccelerators',
  purpose: 'accelerators, whose addresses may lead to a load balancer that has none of its own',
  target: '*',
  always: { MaxResults: 100 },
  items: output => output.Accelerators,
  next: byToken,
})

export const listListeners = define<
  Accelerator.ListListenersCommandInput,
  Accelerator.ListListenersCommandOutput
>()({
  name: 'ListListeners',
  purpose: 'the ports of an accelerator',
  target: 'accelerator ARN',
  always: { MaxResults: 100 },
  items: output => output.Listeners,
  next: byToken,
})

export const listEndpointGroups = define<
  Accelerator.ListEndpointGroupsCommandInput,
  Accelerator.ListEndpointGroupsCommandOutput
>()({
  name: 'ListEndpointGroups',
  purpose: 'which load balancers, instances and addresses an accelerator leads to',
  target: 'accelerator listener ARN',
  always: { MaxResults: 100 },
  items: output => output.EndpointGroups,
  next: byToken,
})

export const listCustomRoutingAccelerators = define<
  Accelerator.ListCustomRoutingAcceleratorsCommandInput,
  Accelerator.ListCustomRoutingAcceleratorsCommandOutput
>()({
  name: 'ListCustomRoutingAccelerators',
  purpose: 'accelerators that lead to the instances of whole subnets',
  target: '*',
  always: { MaxResults: 100 },
  items: output => output.Accelerators,
  next: byToken,
})

export const listCrossAccountAttachments = define<
  Accelerator.ListCrossAccountAttachmentsCommandInput,
  Accelerator.ListCrossAccountAttachmentsCommandOutput
>()({
  name: 'ListCrossAccountAttachments',
  purpose: 'what accelerators of other accounts may lead to',
  target: '*',
  always: { MaxResults: 100 },
  items: output => output.CrossAccountAttachments,
  next: byToken,
})
