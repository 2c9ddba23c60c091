/** Kinds of other projects that let requests into a cluster and are not read, so that nothing beside them is known to be shut. */
import { type Fields, fieldsAt, listAt, textAt } from './fields.ts'

/** By API group. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'apisix.apache.org': ['ApisixRoute'],
  'cis.f5.com': ['VirtualServer', 'TransportServer'],
  'configuration.konghq.com': ['TCPIngress', 'UDPIngress'],
  'gateway.networking.k8s.io': ['UDPRoute'],
  'gateway.solo.io': ['RouteTable', 'VirtualService'],
  'getambassador.io': ['Mapping', 'TCPMapping'],
  'k8s.nginx.org': ['TransportServer', 'VirtualServer', 'VirtualServerRoute'],
  'networking.istio.io': ['VirtualService'],
  'projectcontour.io': ['HTTPProxy'],
  'route.openshift.io': ['Route'],
  'serving.knative.dev': ['Service'],
}

/** Routes between the pods of a mesh let nobody in (VirtualService, Istio: `mesh` where no gateway is named). */
const isOfMesh = (object: Fields): boolean => {
  const gateways = listAt(fieldsAt(object, 'spec'), 'gateways')
  return gateways.every(g => g === 'mesh')
}

/** Whether the object leads requests from outside to Services, by a controller that is not followed. */
export const isOtherDoor = (object: Fields): boolean => {
  const [group = ''] = textAt(object, 'apiVersion').split('/')
  const kind = textAt(object, 'kind')
  if (!(Object.hasOwn(kinds, group) && kinds[group]?.includes(kind))) return false
  return group !== 'networking.istio.io' || !isOfMesh(object)
}
