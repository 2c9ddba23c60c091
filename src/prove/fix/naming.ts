/** How edits name things in sentences and in commands. */
import { shellWord } from '#base/shell.ts'
import type { Action, LoadBalancer } from '#topology/model.ts'
import type { ListenerPlace } from './spot.ts'

/** `listener HTTPS:443 of news`. */
export const listenerName = ({ balancer, listener }: ListenerPlace): string =>
  `listener ${listener.protocol}:${listener.port} of ${balancer.ref.name}`

/** `aws elbv2 <what> --region <region> ...`; further words are quoted, those that start with `--` are options. */
export const elbv2 = (lb: LoadBalancer, what: string, ...words: readonly string[]): string =>
  aws('elbv2', what, lb.ref.region, words)

export const aws = (service: string, what: string, region: string, words: readonly string[]): string =>
  ['aws', service, what, '--region', region, ...words].map(shellWord).join(' ')

export const forbidden: Action = { kind: 'fixed-response', status: 403, contentType: 'text/plain', body: '' }
export const forbiddenWord = 'Type=fixed-response,FixedResponseConfig={StatusCode=403,ContentType=text/plain}'
