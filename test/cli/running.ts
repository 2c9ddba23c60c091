/** The real command line while it runs: to be watched and killed. */
import { type ChildProcess, spawn } from 'node:child_process'

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

/** Starts it without credentials of this machine; what it prints is dropped. */
export const startOriginproof = (
  args: readonly string[],
  { env, cwd }: { readonly env: Readonly<Record<string, string>>; readonly cwd: string },
): Running => {
  const child = spawn(process.execPath, [`${process.cwd()}/src/cli/main.ts`, ...args], {
    cwd,
    stdio: 'ignore',
    timeout: 120_000,
    env: {
      PATH: process.env.PATH,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
      ...env,
    },
  })
  return { child, ended: new Promise(done => child.on('exit', (code, signal) => done({ code, signal }))) }
}
