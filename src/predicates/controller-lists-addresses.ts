/** Does some check of the controller or its objects go by addresses? */
import { citeObject, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

const notes = ['whitelist-source-range', 'allowlist-source-range', 'denylist-source-range']
const settings = ['whitelist-source-range', 'denylist-source-range', 'block-cidrs']

export const controllerListsAddresses = predicate<'ingress-controller'>({
  question: 'Does some check of the controller or its objects go by addresses?',
  subjects: ['ingress-controller'],
  ask: ({ at: { controller, serves } }) => {
    const objects = serves.map(s => s.ingress).filter(i => notes.some(name => name in i.annotations))
    const [ingress] = objects
    if (ingress) return yes(citeObject(ingress, `${ingress.ref.name} has a list of addresses`))
    const own = settings.find(name => (controller.data[name] ?? '') !== '')
    return own === undefined
      ? no(citeObject(controller, `no check of ${controller.ref.name} goes by addresses`))
      : yes(citeObject(controller.settings ?? controller, `${own} lists addresses`))
  },
})
