/** Do the headers that CloudFront sends get through the check inside the cluster? */
import { type EdgeAnswer, edgeAnswers } from '#prove/kubernetes/edge-answer.ts'
import type { ClusterController, Link } from '#topology/model.ts'
import { type Answer, citeObject, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { controllersIn, leadsTo } from './reading/clusters.ts'

/** By what is wrong; the controller answers 503 where it has no file to ask, and 401 where the value does not open it. */
const words: Readonly<Record<string, string>> = {
  'not-sent': 'CloudFront sends no Authorization header',
  'prefix-missing': 'the value does not begin with "Basic "',
  'not-encoded': 'what follows "Basic " is not Base64 of user:password',
  'user-mismatch': 'no entry of the file has the user',
  'password-mismatch': 'the password does not fit the entry of the user',
  'trailing-newline': 'a line break at the end of the password keeps it from fitting',
  'secret-missing': 'the cluster has no Secret of the name',
  'secret-unreadable': 'the Secret holds no file that can be used',
}

/** `cf-token` of `$http_cf_token`. */
const headersRead = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(/\$http_(\w+)/g)].map(([, name = '']) => name.toLowerCase().replaceAll('_', '-')),
  ),
]

/** Why the snippet that answers turns CloudFront away, as far as the names of headers tell. */
const whyRefused = ({ origin }: Link, text: string): readonly string[] => {
  const sent = origin.headers.map(h => h.name.toLowerCase())
  const read = headersRead(text)
  if (read.length === 0) return []
  if (read.some(name => sent.includes(name)))
    return [
      `it does not take the value that CloudFront sends in ${read.filter(n => sent.includes(n)).join(', ')}`,
    ]
  return [`it reads ${read.join(', ')}, and CloudFront sends ${sent.join(', ') || 'no header of its own'}`]
}

const answerOf = (
  link: Link,
  { controller }: ClusterController,
  { ingress, path, answer, defects }: EdgeAnswer,
): Answer => {
  if (answer.kind === 'passes') return yes(citeObject(ingress, `${ingress.ref.name} lets CloudFront in`))
  if (answer.kind === 'refused') {
    const { status, place } = answer
    const snippet = ingress.snippets[place.origin] ?? controller.snippets[place.origin]
    const isLogin = status === 401 || place.origin.endsWith('auth-secret')
    const why = isLogin ? defects.flatMap(d => words[d] ?? []) : whyRefused(link, snippet?.text ?? '')
    const line = ingress.snippets[place.origin]?.fileLine
    const at = place.line > 0 ? `${place.origin} line ${place.line}` : place.origin
    const text = `${ingress.ref.name} answers ${status} to CloudFront's request for ${path} (${at})${why.length > 0 ? `: ${why.join(', ')}` : ''}`
    return no(citeObject(ingress, text, line === undefined ? undefined : line + Math.max(0, place.line - 1)))
  }
  const reason = answer.doubts[0]?.reason ?? 'it was not decided'
  return unseen(
    [],
    citeObject(ingress, `what ${ingress.ref.name} answers to CloudFront is not known: ${reason}`),
  )
}

/** Readings that differ leave it open. */
const agreed = (answers: readonly Answer[]): Answer => {
  const whole = every(answers)
  const mixed = answers.some(a => a.observed && a.holds) && answers.some(a => a.observed && !a.holds)
  return mixed ? unseen([], ...whole.evidence) : whole
}

export const sentValueOpensCheck = predicate<'link'>({
  question: 'Do the headers that CloudFront sends get through the check inside the cluster?',
  subjects: ['link'],
  ask: ({ link }, _, facts) => {
    const through = controllersIn(facts).filter(c => leadsTo(link, c.at))
    return every(
      through.map(({ cluster, at }) => {
        if (at.gaps.length > 0) return unseen(at.gaps)
        const answers = edgeAnswers(link, { cluster, at })
        const byObject = Map.groupBy(answers, a => JSON.stringify([a.ingress.ref.arn, a.path]))
        const said = [...byObject.values()].map(own => agreed(own.map(one => answerOf(link, at, one))))
        return said.length > 0
          ? every(said)
          : unseen([], citeObject(at.controller, 'no object that was read serves the requests of the origin'))
      }),
    )
  },
})
