/** The real nginx beside the model: started for tests as the laboratory starts it, and asked. */
import { request } from 'node:http'
import { findNginx } from '#lab/nginx/find.ts'
import { type NginxConfig, type NginxProcess, startNginx } from '#lab/nginx/process.ts'

/** Null where it is not installed. */
export const nginx = await findNginx()

export const skipped =
  nginx === null
    ? ' - SKIPPED: nginx is not installed (apt-get install nginx-light), so the model is not compared with it'
    : ''

const [major = 1, minor = 0] = (nginx?.version ?? '').split('.').map(Number)

/** From 1.23 on repeated headers are joined. */
export const joinsHeaders: boolean = major > 1 || minor >= 23

/** Throws where it does not start. */
export const start = async (config: NginxConfig): Promise<NginxProcess> => {
  const started = await startNginx(nginx ?? { path: 'nginx', version: '' }, config)
  if ('trouble' in started) throw new Error(`nginx did not start: ${started.trouble}`)
  return started
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
