/** The committed samples: what the demo account's reports are today, byte for byte. */
import { readFile } from 'node:fs/promises'
import { pageAssets } from '#cli/package-files.ts'
import { reporters } from '#report/reporters.ts'
import { policyDocument } from '#scan.ts'
import { snapshotLines } from '#snapshot/write.ts'
import { demoWorld } from '../../fixtures/worlds/demo.ts'
import { demoManifests } from '../../fixtures/worlds/demo-cluster.ts'
import { scanWorld } from '../e2e/run.ts'

export const samplesFolder = 'reports/samples'

/** File name to content; clock, seed and seal key are fixed, so nothing in it varies. */
export const makeSamples = async (): Promise<ReadonlyMap<string, string>> => {
  const { snapshot, result } = await scanWorld(demoWorld, {
    probing: () => ({ mode: 'all' }),
    manifests: demoManifests,
  })
  const options = { width: 80, color: false, assets: await pageAssets() }
  return new Map([
    ['snapshot.ndjson', [...snapshotLines(snapshot)].join('')],
    ...Object.values(reporters).map(r => [r.fileName, r.render(result, options)] as const),
  ])
}

/** README with the IAM policy of today between its markers. */
export const makeReadme = async (): Promise<string> => {
  const policy = `<!-- policy -->\n\n\`\`\`json\n${JSON.stringify(policyDocument(), null, 2)}\n\`\`\`\n\n<!-- /policy -->`
  const text = await readFile('README.md', 'utf8')
  return text.replace(/<!-- policy -->[\s\S]*<!-- \/policy -->/, () => policy)
}
