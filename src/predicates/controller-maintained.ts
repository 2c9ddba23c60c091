/** Does the ingress controller still get fixes, and has it those of known holes? */
import { citeObject, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

/** Last day of best-effort maintenance: https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/ */
const retired = '2026-03-31'

/** From here on without the holes of March 2025 (CVE-2025-1974 and its kin), by minor version. */
const mended: readonly (readonly [minor: number, patch: number])[] = [
  [11, 5],
  [12, 1],
]

const isMended = (version: string): boolean => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  if (major !== 1) return major > 1
  const from = mended.find(([m]) => m === minor)
  return from === undefined ? minor > 12 : patch >= from[1]
}

export const controllerMaintained = predicate<'ingress-controller'>({
  question: 'Does the ingress controller still get fixes, and has it those of known holes?',
  subjects: ['ingress-controller'],
  ask: ({ at: { controller } }, _, { topology }) => {
    const { version, ref } = controller
    const named = `ingress-nginx ${version ?? 'of a version that was not observed'}`
    if (topology.observedAt.slice(0, 10) > retired)
      return no(
        citeObject(controller, `${ref.name} runs ${named}, which gets no more fixes since ${retired}`),
      )
    if (version === null) return unseen([], citeObject(controller, `${ref.name} runs ${named}`))
    return isMended(version)
      ? yes(citeObject(controller, `${ref.name} runs ${named}`))
      : no(citeObject(controller, `${ref.name} runs ${named}, which has known holes (CVE-2025-1974)`))
  },
})
