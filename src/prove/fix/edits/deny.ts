/** Answering 403 where a rule forwards requests that CloudFront does not send. */
import type { Rule } from '#topology/model.ts'
import { endingOf } from '../../alb/gate.ts'
import { changeRule } from '../change.ts'
import type { EditSort } from '../edit.ts'
import { elbv2, forbidden, forbiddenWord, listenerName } from '../naming.ts'
import type { Spot } from '../spot.ts'

const forwarding = ({ decided }: Spot): NonNullable<Spot['decided']> | null =>
  decided?.balancer.kind === 'application' && endingOf(decided.rule) === 'forward' ? decided : null

const denying = (rule: Rule): Rule => ({ ...rule, actions: [forbidden], transforms: false })

/** `modify-listener --default-actions` sets the default rule. */
export const denyDefault: EditSort = {
  name: 'deny-default',
  says: 'The default action of a listener answers 403.',
  at: spot => {
    const place = forwarding(spot)
    if (place?.rule.priority !== 'default') return []
    const { balancer, listener } = place
    return [
      {
        sort: 'deny-default',
        key: `deny ${place.rule.ref.arn}`,
        text: `Let the default action of ${listenerName(place)} answer 403. CloudFront's requests take other rules.`,
        commands: [
          elbv2(
            balancer,
            'modify-listener',
            '--listener-arn',
            listener.ref.arn,
            '--default-actions',
            forbiddenWord,
          ),
        ],
        widens: false,
        apply: topology => changeRule(topology, place, denying),
      },
    ]
  },
}

export const denyRule: EditSort = {
  name: 'deny-rule',
  says: 'A listener rule that forwards answers 403.',
  at: spot => {
    const place = forwarding(spot)
    if (place === null || place.rule.priority === 'default') return []
    const { balancer, rule } = place
    const plain = rule.transforms ? ['--reset-transforms'] : []
    return [
      {
        sort: 'deny-rule',
        key: `deny ${rule.ref.arn}`,
        text: `Let rule ${rule.priority} of ${listenerName(place)} answer 403. CloudFront's requests take other rules.`,
        commands: [
          elbv2(balancer, 'modify-rule', '--rule-arn', rule.ref.arn, '--actions', forbiddenWord, ...plain),
        ],
        widens: false,
        apply: topology => changeRule(topology, place, denying),
      },
    ]
  },
}
