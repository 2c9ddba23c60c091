/** The real nginx as a child: on loopback, in a folder of its own, and gone with whoever started it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Nginx } from './find.ts'

export interface NginxConfig {
  /** Contents of the `http` block. `@dir@` stands for the folder of `files`. */
  readonly http: string
  /** Name to text. */
  readonly files?: Readonly<Record<string, string>>
}

export interface NginxProcess {
  /** Resolves when it has ended and its folder is gone. */
  stop(): Promise<void>
}

export interface NotStarted {
  /** A clause: `its port is taken`. Nothing of the configuration is in it. */
  readonly trouble: string
}

/**
 * Waits for whichever comes first, the end of nginx or the end of our own input, and leaves neither process nor folder
 * behind. The input ends when the laboratory closes it, and also when the laboratory is killed. nginx is told to end until
 * it does: it misses a signal that comes between its look at the flag and its wait for events.
 */
const guard = `
exec 3<&0
folder=$1
shift
"$@" 3<&- &
nginx=$!
{ read -r nothing <&3; while kill "$nginx"; do sleep 0.1; done; } 2> /dev/null &
watcher=$!
wait "$nginx"
code=$?
kill "$watcher" 2> /dev/null
rm -rf "$folder"
exit "$code"
`

const frame = (folder: string, http: string): string => `
daemon off; master_process off; pid "${folder}/nginx.pid"; error_log "${folder}/error.log";
events { worker_connections 900; }
http {
  access_log off; server_tokens off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(t => `${t}_temp_path "${folder}/${t}";`).join(' ')}
  variables_hash_max_size 8192; server_names_hash_bucket_size 256; map_hash_bucket_size 256;
${http.replaceAll('@dir@', folder)}
}
`

const prepared = async ({ http, files = {} }: NginxConfig): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'originproof-nginx-'))
  const all = Object.entries({ ...files, 'nginx.conf': frame(folder, http) })
  await Promise.all(all.map(([name, text]) => writeFile(join(folder, name), text)))
  return folder
}

const reasons: readonly (readonly [said: RegExp, trouble: string])[] = [
  [/Address already in use/i, 'its port is taken'],
  [/Permission denied/i, 'it may not use its files or its port'],
  [/\[emerg\]/, 'it refuses its configuration'],
]

interface Child {
  readonly process: ChildProcessByStdio<Writable, null, Readable>
  /** What it wrote to its error output, the beginning. */
  said(): string
  hasEnded(): boolean
  readonly end: Promise<void>
}

/** Apart from the group of this process: Ctrl-C reaches it through the end of its input alone. */
const guarded = ({ path }: Nginx, folder: string): Child => {
  const own = [path, '-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')]
  const child = spawn('sh', ['-c', guard, 'sh', folder, ...own], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let said = ''
  let ended = false
  child.stderr.on('data', part => {
    said = `${said}${part}`.slice(0, 10_000)
  })
  child.stdin.on('error', () => undefined)
  const end = new Promise<void>(done => {
    child.once('close', () => done())
    child.once('error', () => rm(folder, { recursive: true, force: true }).then(done, done))
  }).then(() => {
    ended = true
  })
  return { process: child, said: () => said, hasEnded: () => ended, end }
}

const pause = 10

/** nginx writes the file once its ports are open. */
const isReady = async (child: Child, file: string, patience: number): Promise<boolean> => {
  for (let waited = 0; waited < patience && !child.hasEnded(); waited += pause) {
    const written = await stat(file).catch(() => null)
    if (written !== null && written.size > 0) return true
    await Promise.race([child.end, sleep(pause)])
  }
  return false
}

/** `patience` in milliseconds. What keeps it from starting is a value: the laboratory then goes without it. */
export const startNginx = async (
  nginx: Nginx,
  config: NginxConfig,
  patience = 5_000,
): Promise<NginxProcess | NotStarted> => {
  const folder = await prepared(config).catch(() => null)
  if (folder === null) return { trouble: `its files cannot be written below ${tmpdir()}` }
  const child = guarded(nginx, folder)
  const stop = () => {
    child.process.stdin.end()
    return child.end
  }
  if (await isReady(child, join(folder, 'nginx.pid'), patience)) return { stop }
  const late = !child.hasEnded()
  await stop()
  if (late) return { trouble: `it was not ready after ${patience / 1000} seconds` }
  const known = reasons.find(([said]) => said.test(child.said()))
  return { trouble: known?.[1] ?? 'it ended at once' }
}
