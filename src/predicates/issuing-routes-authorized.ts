/** Do the API's routes that issue signed cookies ask for a login? */
import { matchesGlob } from '#base/glob.ts'
import type { Api, ApiRoute } from '#topology/model.ts'
import { type Answer, cite, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

interface Options {
  readonly names: readonly string[]
}

export const issuingRoutesAuthorized = predicate<'link', Options>({
  question: 'Do the routes of the API that issue signed cookies have an authorizer?',
  subjects: ['link'],
  options: {
    names: {
      description:
        'globs, in lower case, of the path of an issuing route or of the name of the function that it calls',
      type: 'array',
      items: { type: 'string' },
      minItems: 1,
      default: ['*cookie*', '*signed*'],
    },
  },
  ask: ({ link: { target, distribution } }, { names }) =>
    target.kind === 'api'
      ? ofApi(target.api, target.stage, names)
      : unseen([], cite(distribution.ref, 'the origin was not found to be an API')),
})

/** Of one stage where the origin leads to no other. */
const ofApi = (api: Api, stage: string | null, names: readonly string[]): Answer =>
  ofKnown(api.stages, all => {
    const stages = stage === null ? all : all.filter(s => s.name === stage)
    const unread = stages.flatMap(({ routes }) => (routes.known ? [] : routes.gaps))
    const routes = stages.flatMap(s => (s.routes.known ? s.routes.value.filter(answers) : []))
    const issuing = routes.filter(route => isNamed(route, names))
    // A route that was not read may be the one.
    const rest = unread.length > 0 ? [unseen(unread)] : []
    if (issuing.length > 0)
      return every([...issuing.map(route => asked(route, 'issues by its name')), ...rest])
    const open = routes.map(route => asked(route, 'may issue')).filter(a => !a.observed || !a.holds)
    const doubts = open.map(a => unseen(a.observed ? [] : a.gaps, ...a.evidence))
    return every([...doubts, ...rest, yes(cite(api.ref, `${routes.length} routes ask for a login`))])
  })

/** Neither answers of the gateway's own, nor what browsers ask beforehand. */
const answers = ({ method, integration }: ApiRoute): boolean => method !== 'OPTIONS' && integration !== 'MOCK'

const isNamed = ({ path, integration }: ApiRoute, names: readonly string[]): boolean =>
  [path ?? '', functionIn(integration ?? '')].some(text =>
    names.some(name => matchesGlob(name, text, { ignoreCase: true })),
  )

const functionIn = (integration: string): string => /:function:([^:/]+)/.exec(integration)?.[1] ?? ''

/** An API key is no login. */
const asked = (route: ApiRoute, why: string): Answer => {
  const { ref, method, path, authorization, deployedAsConfigured } = route
  const name = `${method ?? 'ANY'} ${path ?? '$default'} (${why})`
  if (authorization === 'unrecognised')
    return unseen([], cite(ref, `${name} asks for something that is not known here`))
  if (deployedAsConfigured === null)
    return unseen([], cite(ref, `what ${name} asks for where it is deployed is not known`))
  return authorization === 'none'
    ? no(cite(ref, `${name} has no authorizer`))
    : yes(cite(ref, `${name} asks for ${authorization}`))
}
