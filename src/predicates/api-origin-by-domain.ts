/** Does the origin name an API by a custom domain name? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { ofApi } from './reading/api.ts'

export const apiOriginByDomain = predicate<'link'>({
  question: 'Does the distribution reach the API by a custom domain name?',
  subjects: ['link'],
  ask: ({ link }) =>
    ofApi(link, ({ ref }) => {
      if (link.target.kind !== 'api') return no()
      const { via } = link.target
      return via === 'default-endpoint'
        ? no(cite(ref, 'the origin is the default endpoint itself'))
        : yes(cite(via.ref, `the origin is the custom domain name ${via.name}`))
    }),
})
