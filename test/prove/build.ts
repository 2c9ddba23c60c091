/** Small topologies for proving, written as one would say them. */

export * from './build/links.ts'
export * from './build/network.ts'
export * from './build/rules.ts'
export * from './build/values.ts'
export * from './build/web-acl.ts'
