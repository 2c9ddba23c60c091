/** Small topologies for judging: every part has a sound default, and a test says only what matters to it. */

export * from './build/cluster.ts'
export * from './build/edge.ts'
export * from './build/load-balancer.ts'
export * from './build/refs.ts'
export * from './build/secrets.ts'
export * from './build/world.ts'
