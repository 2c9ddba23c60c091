/** `originproof demo`: starts the laboratory on loopback, scans it as if it were an account, and says what to open. */
import { join } from 'node:path'
import { startLab } from '#lab/lab.ts'
import { findNginx } from '#lab/nginx/find.ts'
import { demoDay, demoWorld } from '../../../fixtures/worlds/demo.ts'
import { demoManifests } from '../../../fixtures/worlds/demo-cluster.ts'
import { clusterLines } from '../cluster-lines.ts'
import { exitCodes } from '../exit-code.ts'
import type { Run } from '../program.ts'
import { settingsOf } from '../settings.ts'
import { scanAndDeliver } from './scan.ts'

const say = (text: string): void => void process.stderr.write(`${text}\n`)

export const run: Run = async given => {
  const output = typeof given.output === 'string' ? given.output : 'originproof-report'
  const nginx = await findNginx()
  const lab = await startLab(demoWorld, { nginx })
  // As a shell counts the end by Ctrl-C.
  const stop = () => process.exit(130)
  process.once('SIGINT', stop)
  try {
    say(`A laboratory on this machine plays the AWS account ${demoWorld.account}:`)
    say(demoWorld.story)
    say(`AWS endpoint ${lab.endpoint}, DNS server ${lab.dnsServer}.`)
    for (const line of clusterLines(nginx?.version ?? null, lab.cluster)) say(line)
    say(`Its clock stands at ${demoDay.toISOString().slice(0, 10)}. Nothing leaves this machine.\n`)
    const settings = await settingsOf({
      output,
      endpointUrl: lab.endpoint,
      dnsServer: lab.dnsServer,
      probeAllow: lab.networks,
      // Functions of the laboratory may be run.
      probe: 'all',
    })
    const { code, files } = await scanAndDeliver(settings, options => ({
      ...options,
      collect: {
        ...options.collect,
        now: demoDay,
        manifests: demoManifests,
        homeRegion: 'us-east-1',
        credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'laboratory' }),
      },
      probe: options.probe && {
        ...options.probe,
        transport: {
          ...options.probe.transport,
          ca: lab.ca,
          route: lab.route,
          limits: { requestsPerSecond: 200 },
        },
      },
    }))
    say('\nThe demo account has problems on purpose.')
    say(`A scan of such an account ends with exit code ${code}. Files:`)
    for (const file of files) say(`  ${file}`)
    say(`Open ${join(output, 'report.html')} in a browser first.`)
    // The demonstration itself succeeded.
    return code === exitCodes.findings ? exitCodes.clean : code
  } finally {
    process.off('SIGINT', stop)
    await lab.close()
  }
}
