/** Sealed values under the topology's name, for the stages that see the graph and not the snapshot. */
export { isSealed, patternId, type Sealed, sealedName, type Value } from '#snapshot/sealed.ts'
