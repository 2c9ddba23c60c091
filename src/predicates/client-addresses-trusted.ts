/** Can nobody outside write the client address that the controller goes by? */
import { citeObject, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { believesStrangers } from './reading/believed.ts'

const isTrue = (text: string | undefined): boolean => text?.trim().toLowerCase() === 'true'

const proxiesIn = (text: string | undefined): readonly string[] => {
  const written = (text ?? '').split(',').flatMap(item => (item.trim() === '' ? [] : [item.trim()]))
  return written.length > 0 ? written : ['0.0.0.0/0']
}

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
