/** Writes the published schemas anew; `biome format --write rules` gives them their final form. */
import { writeFileSync } from 'node:fs'
import { publishedSchemas } from './published-schemas.ts'

for (const [path, schema] of Object.entries(publishedSchemas))
  writeFileSync(new URL(`../../${path}`, import.meta.url), JSON.stringify(schema, null, 2))
