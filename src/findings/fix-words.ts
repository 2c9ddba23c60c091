/** What a solved fix achieves, as a sentence or two for people. */
import type { Vantage } from '#prove/exposure.ts'
import type { Fix } from '#prove/fix/edit.ts'

const words: Readonly<Record<Vantage, string>> = {
  internet: 'the internet',
  tenant: 'other CloudFront customers',
  inside: 'hosts inside the network',
}

const listed = (vantages: readonly Vantage[]): string => {
  const all = vantages.map(v => words[v])
  const last = all.at(-1) ?? ''
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`
}

const subject = ({ edits, smallest }: Fix): string => {
  if (edits.length === 1) return 'This change closes'
  return smallest
    ? `These ${edits.length} changes, and no fewer, close`
    : `These ${edits.length} changes together close`
}

export const fixSummary = (fix: Fix): string => {
  const them = fix.edits.length === 1 ? 'it' : 'them'
  const left =
    fix.leaves.length === 0 ? '' : ` It is not closed to ${listed(fix.leaves)} until the causes are mended.`
  const undone = fix.undone
    ? ' The AWS Load Balancer Controller made this load balancer and undoes such changes: ask for the same in its Ingress or Service, or take the load balancer out of its hands.'
    : ''
  return `${subject(fix)} the origin to ${listed(fix.closes)}; through CloudFront the site works as before. Both were proven with ${them} in place.${left}${undone}`
}
