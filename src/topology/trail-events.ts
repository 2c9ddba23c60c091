/** The names of recorded changes under the topology's name, for the stages that see the graph and not the snapshot. */
export { distributionMade, ruleEvents, senderEvents, webAclEvents } from '#snapshot/trail-events.ts'
