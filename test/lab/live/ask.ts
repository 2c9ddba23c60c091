/** Asks a live server of the laboratory as a stranger would, and tells what came back. */
import { type IncomingHttpHeaders, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import type { Lab } from '#lab/lab.ts'

export interface Ask {
  readonly lab: Pick<Lab, 'route' | 'ca'>
  /** Address and port as the world has them. */
  readonly to: readonly [address: string, port: number]
  readonly tls?: boolean
  /** Name of Host and, over TLS, of the certificate that is expected. */
  readonly host: string
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Told {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Rejects with the error code, such as ECONNREFUSED, where no answer comes. */
export const ask = ({ lab, to, tls, host, path = '/', method = 'GET', headers = {} }: Ask): Promise<Told> =>
  new Promise((told, failed) => {
    const call = (tls ? secure : plain)(
      {
        ...lab.route(...to),
        path,
        method,
        headers: { ...headers, host },
        agent: false,
        ...(tls && { ca: lab.ca, servername: host }),
      },
      answer => {
        answer.setEncoding('utf8')
        let body = ''
        answer.on('data', (part: string) => {
          body += part
        })
        answer.on('end', () => told({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
      },
    )
    call.on('error', (error: NodeJS.ErrnoException) => failed(error.code ?? error.message))
    call.end()
  })

/** The status, or the error code where there is none. */
export const statusOf = (question: Ask): Promise<number | string> =>
  ask(question).then(
    ({ status }) => status,
    (code: unknown) => String(code),
  )
