/** Addresses of a world's load balancers and targets, by their number: no two numbers share one. */

/** Target groups that a load balancer may have. */
const groups = 4
/** How many load balancers find room: their targets fill one half of the VPC's 10.0.0.0/16. */
const most = 32_768 / groups - 1

/**
 * Of the `n`-th load balancer, from 0. Public addresses are of documentation networks (RFC 5737, RFC 3849) as long as
 * they last, then of the network for benchmarks (RFC 2544).
 */
export const loadBalancerAddresses = (n: number) => {
  if (n > most) throw new Error(`A world has room for ${most + 1} load balancers, not for number ${n}.`)
  return {
    public4: n < 254 ? `203.0.113.${n + 1}` : `198.18.${n >> 8}.${n & 255}`,
    public6: `2001:db8:1::${(n + 1).toString(16)}`,
    internal: `10.0.${(n + 1) >> 8}.${(n + 1) & 255}`,
  }
}

/** The target of the `group`-th target group of the `n`-th load balancer. */
export const targetAddress = (n: number, group: number): string => {
  if (group >= groups) throw new Error(`A load balancer of a world has at most ${groups} target groups.`)
  const at = n * groups + group + 1
  return `10.0.${128 + (at >> 8)}.${at & 255}`
}
