/** nginx configuration under the topology's name, for the stages that see the graph and not the snapshot. */
export { conditionOf, type Operand, partsOf } from '#snapshot/nginx/expression.ts'
export { type Directive, parseNginx } from '#snapshot/nginx/parse.ts'
export type { Snippet } from '#snapshot/nginx/snippet.ts'
export type { Word } from '#snapshot/nginx/words.ts'
