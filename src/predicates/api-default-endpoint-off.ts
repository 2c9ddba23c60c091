/** Is the default endpoint of the API behind the origin turned off? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { namesOfApi, ofApi } from './reading/api.ts'

export const apiDefaultEndpointOff = predicate<'link'>({
  question: 'Is the default endpoint of the API turned off, or private?',
  subjects: ['link'],
  ask: ({ link }) =>
    ofApi(link, api => {
      const { ref, host, defaultEndpointDisabled, endpointType } = api
      if (endpointType === 'PRIVATE') return yes(cite(ref, `${ref.name} is private`))
      return defaultEndpointDisabled
        ? yes(cite(ref, `the default endpoint ${host} is turned off`))
        : no(cite(ref, `the API answers at its default endpoint ${host} too`, namesOfApi(api)))
    }),
})
