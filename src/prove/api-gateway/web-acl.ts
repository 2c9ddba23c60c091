/** What the web ACL of a stage does with strangers. */
import type { ApiStage } from '#topology/model.ts'
import { splitTarget } from '../alb/request.ts'
import { unknownHeaders } from '../edge-headers.ts'
import type { Reason, Witness } from '../exposure.ts'
import { notModelled, unreadReasons } from '../uncertainty.ts'
import { evaluateWebAcl } from '../waf/evaluate.ts'
import { anyWafRequest, type WafRequest, wafRequestOf } from '../waf/request.ts'

/** The sentence that says so where it stops everybody without the secret; null where it does not. */
export const webAclBlocks = ({
  webAcl,
  name,
}: ApiStage): { readonly text: string; readonly line: number } | null => {
  if (!webAcl.known || webAcl.value === null || !evaluateWebAcl(webAcl.value, anyWafRequest).stops)
    return null
  const { ref } = webAcl.value
  return {
    text: `Web ACL ${webAcl.value.name} of stage ${name} blocks every request without the secret.`,
    line: ref.line,
  }
}

/** Why the request may not pass the web ACL; empty where it surely does. */
export const webAclDoubts = ({ webAcl, name }: ApiStage, witness: Witness): readonly Reason[] => {
  if (!webAcl.known) return unreadReasons(webAcl.gaps, `The web ACL of stage ${name}`)
  if (webAcl.value === null) return []
  const { decision, reasons } = evaluateWebAcl(webAcl.value, seenBy(witness))
  if (decision === 'allow') return []
  const stopped = `Web ACL ${webAcl.value.name} of stage ${name} does not let the plain request pass; whether it lets another is not followed.`
  return [notModelled(stopped), ...reasons]
}

/** AWS does not say whether the path has the stage in it. */
const seenBy = (witness: Witness): WafRequest => {
  const { path } = splitTarget(witness.path)
  const request = wafRequestOf(
    {
      ...{
        source: witness.source,
        port: witness.port,
        tls: true,
        method: witness.method,
        host: witness.host,
        path,
      },
      query: [],
      headers: witness.headers.map(([name, value]) => ({ name, value })),
    },
    unknownHeaders(witness.vantage),
  )
  return { ...request, path: 'unknown' }
}
