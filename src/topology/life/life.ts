/** What a snapshot tells of the age and rotation of tokens. */
import { types } from '#snapshot/resource-types.ts'
import { textAt } from '../config.ts'
import type { Facts } from '../facts.ts'
import type { TokenLife } from '../model/life.ts'
import { recordedChanges } from './changes.ts'
import { functionRunsOf, namingFunctionsOf, schedulesOf } from './drivers.ts'
import { sightingsOf } from './sightings.ts'
import { storedParametersOf, storedSecretsOf } from './stores.ts'

const modifiedOf = (facts: Facts): TokenLife['modified'] =>
  Object.fromEntries(
    facts.byType(types.distribution).flatMap(({ config }) => {
      const [id, at] = [textAt(config, 'Id'), textAt(config, 'LastModifiedTime')]
      return id === undefined || at === undefined ? [] : [[id, at]]
    }),
  )

const createdOf = (facts: Facts): TokenLife['created'] =>
  Object.fromEntries(
    facts.byType(types.loadBalancer).flatMap(({ arn, config }) => {
      const at = textAt(config, 'CreatedTime')
      return at === undefined ? [] : [[arn, at]]
    }),
  )

export const tokenLifeOf = (facts: Facts): TokenLife => ({
  secrets: storedSecretsOf(facts),
  parameters: storedParametersOf(facts),
  functions: namingFunctionsOf(facts),
  schedules: schedulesOf(facts),
  runs: functionRunsOf(facts),
  changes: recordedChanges(facts),
  sightings: sightingsOf(facts),
  modified: modifiedOf(facts),
  created: createdOf(facts),
})
