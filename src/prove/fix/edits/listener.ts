/** Deleting a listener that CloudFront does not connect to. */
import { changeListener } from '../change.ts'
import type { Edit, EditSort } from '../edit.ts'
import { aws, elbv2, listenerName } from '../naming.ts'
import type { ListenerPlace } from '../spot.ts'

const command = ({ balancer, listener }: ListenerPlace): string =>
  balancer.kind === 'classic'
    ? aws('elb', 'delete-load-balancer-listeners', balancer.ref.region, [
        '--load-balancer-name',
        balancer.ref.name,
        '--load-balancer-ports',
        String(listener.port),
      ])
    : elbv2(balancer, 'delete-listener', '--listener-arn', listener.ref.arn)

const deletion = (place: ListenerPlace): Edit => ({
  sort: 'delete-listener',
  key: `delete ${place.balancer.ref.arn} ${place.listener.port}`,
  text: `Delete ${listenerName(place)}. No distribution connects to it.`,
  commands: [command(place)],
  widens: false,
  apply: topology => changeListener(topology, place, () => null),
})

export const deleteListener: EditSort = {
  name: 'delete-listener',
  says: 'A listener that no distribution connects to is deleted.',
  at: ({ passed }) => passed.map(deletion),
}
