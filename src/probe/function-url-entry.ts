/** The doors of a Lambda function: the URL that the origin names, and the others of the same function. */
import type { Link } from '#topology/model.ts'
import { no, type Probeable, type Scope } from './entry.ts'
import { itsOwn, sharedDoor } from './shared-door.ts'

type FunctionUrlTarget = Extract<Link['target'], { kind: 'function-url' }>

/** Every request that is let in runs the customer's code, which costs money and may change something. */
export const functionUrlEntry = ({ url, siblings }: FunctionUrlTarget, { mode }: Scope): Probeable => {
  if (mode !== 'all')
    return no(
      'runs-code',
      'The origin is a Lambda function URL: asking it runs the function, which only --probe all does.',
    )
  const others = siblings.known ? siblings.value : []
  const doors = others.map(one => sharedDoor(one.host, one.ref.arn))
  const own = sharedDoor(url.host, url.ref.arn)
  return {
    probeable: true,
    entry: {
      kind: 'function-url',
      doors: [own, ...doors],
      closedToUs: [],
      unseen: siblings.known
        ? null
        : { code: 'urls-unknown', reason: 'Not every URL of the function was read, so not all were asked.' },
      loadBalancers: [],
      shared: true,
      owners: [url.functionArn],
      proofs: [own, ...doors].map(d => itsOwn(d.name)),
    },
  }
}
