/** Can nobody outside write the client address that the controller goes by? */
import { exampleAddress, subtractCidrs } from '#base/ip-set.ts'
import { citeObject, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

const isTrue = (text: string | undefined): boolean => text?.trim().toLowerCase() === 'true'

const proxiesIn = (text: string | undefined): readonly string[] => {
  const written = (text ?? '').split(',').flatMap(item => (item.trim() === '' ? [] : [item.trim()]))
  return written.length > 0 ? written : ['0.0.0.0/0']
}

/** Whether an address outside of private networks is among those that are believed. */
const believesStrangers = (proxies: readonly string[]): boolean =>
  proxies.some(cidr => exampleAddress(subtractCidrs([cidr], privateSpace)) !== null)

const privateSpace = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  '::1/128',
]

export const clientAddressesTrusted = predicate<'ingress-controller'>({
  question: 'Can nobody outside write the client address that the controller goes by?',
  subjects: ['ingress-controller'],
  ask: ({ at: { controller, gaps } }) => {
    if (gaps.length > 0) return unseen(gaps)
    const holder = controller.settings ?? controller
    const { data } = controller
    const believes = ['use-forwarded-headers', 'enable-real-ip'].find(name => isTrue(data[name]))
    if (believes === undefined)
      return yes(citeObject(holder, `${controller.ref.name} takes no address from headers`))
    const proxies = proxiesIn(data['proxy-real-ip-cidr'])
    const said = `${believes} is on, and proxy-real-ip-cidr is ${proxies.join(', ')}`
    return believesStrangers(proxies) ? no(citeObject(holder, said)) : yes(citeObject(holder, said))
  },
})
