/** The real nginx, run on loopback with a configuration of our own, and ended by its process id. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const places = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/local/nginx/sbin/nginx', '/usr/bin/nginx']

/** Null where it is not installed. */
export const nginxBinary: string | null = places.find(existsSync) ?? null

export const skipped =
  nginxBinary === null
    ? ' - SKIPPED: nginx is not installed (apt-get install nginx-light), so the model is not compared with it'
    : ''

const said = nginxBinary === null ? '' : spawnSync(nginxBinary, ['-v'], { encoding: 'utf8' }).stderr
const [, major = '1', minor = '0'] = /nginx\/(\d+)\.(\d+)/.exec(said) ?? []

/** From 1.23 on repeated headers are joined. */
export const joinsHeaders: boolean = Number(major) > 1 || Number(minor) >= 23

export interface Running {
  readonly stop: () => Promise<void>
}

const listening = (): Promise<Server> =>
  new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => done(server))
  })

/** That many ports of 127.0.0.1 that nobody listens on. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const held: Server[] = []
  for (let i = 0; i < count; i++) held.push(await listening())
  const ports = held.map(s => (s.address() as { port: number }).port)
  await Promise.all(held.map(s => new Promise(done => s.close(done))))
  return ports
}

const frame = (directory: string, http: string): string => `
daemon off; master_process off; worker_processes 1; pid ${directory}/nginx.pid; error_log ${directory}/error.log;
events { worker_connections 900; }
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(t => `${t}_temp_path ${directory}/${t};`).join(' ')}
  variables_hash_max_size 8192; server_names_hash_bucket_size 256; map_hash_bucket_size 256;
${http}
}
`

const prepared = (http: string, files: Readonly<Record<string, string>>) => {
  const directory = mkdtempSync(join(tmpdir(), 'originproof-nginx-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
  const config = join(directory, 'nginx.conf')
  writeFileSync(config, frame(directory, http.replaceAll('@dir@', directory)))
  return { directory, config }
}

const args = (directory: string, config: string) => [
  '-p',
  directory,
  '-c',
  config,
  '-e',
  join(directory, 'error.log'),
]

/** What nginx says against the contents of an `http` block; null where it takes them. */
export const refusalOf = (http: string): string | null => {
  const { directory, config } = prepared(http, {})
  const done = spawnSync(nginxBinary ?? 'nginx', ['-t', ...args(directory, config)], { encoding: 'utf8' })
  rmSync(directory, { recursive: true, force: true })
  return done.status === 0 ? null : (/\[emerg\][^\n]*/.exec(done.stderr)?.[0] ?? done.stderr)
}

const exited = (child: ChildProcess): Promise<void> =>
  new Promise(done => (child.exitCode === null ? child.once('exit', () => done()) : done()))

/** Starts it and waits until `port` answers. `@dir@` in the configuration is the directory of `files`. */
export const startNginx = async (
  http: string,
  port: number,
  files: Readonly<Record<string, string>> = {},
): Promise<Running> => {
  const { directory, config } = prepared(http, files)
  const child = spawn(nginxBinary ?? 'nginx', args(directory, config), {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', chunk => {
    said += String(chunk)
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await exited(child)
    rmSync(directory, { recursive: true, force: true })
  }
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) {
      rmSync(directory, { recursive: true, force: true })
      throw new Error(`nginx did not start: ${said}`)
    }
    const up = await ask(port, { path: '/' }).catch(() => null)
    if (up !== null) return { stop }
    await new Promise(done => setTimeout(done, 10))
  }
  await stop()
  throw new Error(`nginx does not answer on port ${port}: ${said}`)
}

export interface Ask {
  readonly method?: string
  readonly host?: string
  readonly path: string
  readonly headers?: readonly (readonly [string, string])[]
  /** Loopback address to come from. */
  readonly from?: string
}

export interface Reply {
  readonly status: number
  /** The service that answered, where the request reached one. */
  readonly reached: string | null
  readonly body: string
}

export const ask = (
  port: number,
  { method = 'GET', host = 'localhost', path, headers = [], from }: Ask,
): Promise<Reply> =>
  new Promise((done, fail) => {
    const own = ['Host', host, ...headers.flat()]
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: own,
        // A connection of its own: nginx drops idle ones when many fixtures are asked at once.
        agent: false,
        ...(from === undefined ? {} : { localAddress: from }),
      },
      reply => {
        const chunks: Buffer[] = []
        reply.on('data', (c: Buffer) => chunks.push(c))
        reply.on('error', fail)
        reply.on('end', () => {
          const reached = reply.headers['x-reached']
          const body = Buffer.concat(chunks).toString('latin1')
          done({ status: reply.statusCode ?? 0, reached: typeof reached === 'string' ? reached : null, body })
        })
      },
    )
    sent.on('error', fail)
    sent.setTimeout(5000, () => sent.destroy(new Error('no answer in time')))
    sent.end()
  })
