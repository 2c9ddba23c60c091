/** The kinds of places in which values stand in clear, as records of sightings name them. */

export const plaintextKinds = [
  'edge-function-code',
  'lambda-environment',
  'ssm-parameter',
  'stack-parameter',
  'stack-output',
  'stack-template',
  'instance-user-data',
  'launch-template-user-data',
  'task-environment',
  'task-command',
  'task-label',
] as const

export type PlaintextKind = (typeof plaintextKinds)[number]
