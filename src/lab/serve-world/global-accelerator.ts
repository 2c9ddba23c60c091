/** AWS Global Accelerator of a world; it answers in us-west-2 only. */
import { types } from '#snapshot/resource-types.ts'
import { type Operation, type Operations, orRefuse, type Request, refuse, without } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config } from './view.ts'

const home = 'us-west-2'

const listing =
  (member: string, found: (request: Request) => readonly Config[]): Operation =>
  request => {
    const { input, view, pageSize } = request
    if (view.region !== home)
      refuse('UnrecognizedClientException', `Global Accelerator answers in ${home} only.`)
    const { items, next } = pageOf(found(request), {
      token: input.NextToken,
      asked: input.MaxResults ?? 10,
      most: 100,
      pageSize,
      badToken: 'InvalidNextTokenException',
    })
    return { [member]: items, NextToken: next }
  }

const all =
  (type: string) =>
  ({ view }: Request): readonly Config[] =>
    view.list(type)

export const globalAccelerator: Operations = {
  ListAccelerators: listing('Accelerators', all(types.accelerator)),
  ListListeners: listing('Listeners', ({ input, view }) => {
    const arn = input.AcceleratorArn
    orRefuse(view.by(types.accelerator, 'AcceleratorArn', arn), 'AcceleratorNotFoundException', arn)
    const own = view.by(types.acceleratorListener, 'AcceleratorArn', arn)
    return own.map(config => without(config, 'AcceleratorArn'))
  }),
  ListEndpointGroups: listing('EndpointGroups', ({ input, view }) => {
    const arn = input.ListenerArn
    orRefuse(view.by(types.acceleratorListener, 'ListenerArn', arn), 'ListenerNotFoundException', arn)
    const own = view.by(types.acceleratorEndpointGroup, 'ListenerArn', arn)
    return own.map(config => without(config, 'ListenerArn'))
  }),
  ListCustomRoutingAccelerators: listing('Accelerators', all(types.customRoutingAccelerator)),
  ListCrossAccountAttachments: listing('CrossAccountAttachments', all(types.acceleratorAttachment)),
}
