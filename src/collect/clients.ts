/** SDK clients: one per service and region, made when first needed, with timeouts and adaptive retries. */
import { type Credentials, sharedCredentials } from './credentials.ts'
import { adaptivePace } from './pace.ts'
import { type ServiceName, type ServicePackage, services } from './services.ts'

export interface ClientOptions {
  /** Of whoever reads; asked for once, and again before they expire. */
  readonly credentials: Credentials
  /** Replaces every service's own endpoint. */
  readonly endpoint?: string
  /** For one attempt: to connect, to begin an answer, and between two parts of it. Default 20 seconds. */
  readonly requestTimeoutMs?: number
  /** Attempts per request, the first included. Default 6. */
  readonly maxAttempts?: number
  /** First pause before a retry; doubles up to fifty times itself, with jitter. Default 100 ms. */
  readonly retryDelayMs?: number
}

/** Sends one request of an operation of a service in a region; rejects as the SDK does. */
export type Send = (
  service: ServiceName,
  region: string,
  operation: string,
  input: object,
) => Promise<unknown>

interface Client {
  send(command: object, options: { readonly abortSignal: AbortSignal }): Promise<unknown>
  destroy(): void
}

type Class<Args extends readonly unknown[], T> = new (...args: Args) => T

export interface Clients {
  readonly send: Send
  /** Closes idle connections. */
  close(): Promise<void>
}

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }

export function awsClients(given: ClientOptions): Clients {
  const options = { ...given, credentials: sharedCredentials(given.credentials) }
  const made = new Map<string, Promise<Client>>()
  const clientOf = (service: ServiceName, region: string): Promise<Client> => {
    const key = `${service} ${region}`
    const client = made.get(key) ?? makeClient(services[service], region, options)
    made.set(key, client)
    return client
  }
  const deadline = deadlineOf(options)
  return {
    async send(service, region, operation, input) {
      const client = await clientOf(service, region)
      const sdk: Readonly<Record<string, unknown>> = await services[service].load()
      const Command = sdk[`${operation}Command`] as Class<[object], object>
      return await within(deadline, abortSignal => client.send(new Command(input), { abortSignal }))
    },
    async close() {
      for (const client of await Promise.allSettled(made.values()))
        if (client.status === 'fulfilled') client.value.destroy()
    },
  }
}

/** Not `AbortSignal.timeout`, which keeps each signal until its time has passed, however early the answer came. */
const within = async <T>(ms: number, task: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), ms)
  try {
    return await task(controller.signal)
  } finally {
    clearTimeout(timer)
  }
}

const timeoutOf = ({ requestTimeoutMs = 20_000 }: ClientOptions): number => requestTimeoutMs
const attemptsOf = ({ maxAttempts = 6 }: ClientOptions): number => maxAttempts
const delayOf = ({ retryDelayMs = 100 }: ClientOptions): number => retryDelayMs

/**
 * For all attempts of a request together. Ends answers that drip so slowly that no other timeout notices; generous,
 * because a request that waits its turn under a low rate is no failure.
 */
const deadlineOf = (options: ClientOptions): number =>
  (timeoutOf(options) + delayOf(options) * 50) * (attemptsOf(options) + 1)

async function makeClient(service: ServicePackage, region: string, options: ClientOptions): Promise<Client> {
  const [sdk, { AdaptiveRetryStrategy }] = await Promise.all([service.load(), import('@smithy/core/retry')])
  const ClientClass = sdk[service.client] as Class<[object], Client>
  const timeout = timeoutOf(options)
  return new ClientClass({
    region,
    credentials: options.credentials,
    ...endpointOf(service, options.endpoint),
    logger: silent,
    customUserAgent: 'originproof',
    maxAttempts: attemptsOf(options),
    retryStrategy: new AdaptiveRetryStrategy(attemptsOf(options), {
      maxAttempts: attemptsOf(options),
      rateLimiter: adaptivePace(),
      backoff: backoff(delayOf(options)),
    }),
    requestHandler: {
      connectionTimeout: timeout,
      requestTimeout: timeout,
      throwOnRequestTimeout: true,
      socketTimeout: timeout,
    },
  })
}

const endpointOf = (service: ServicePackage, endpoint: string | undefined): object => {
  if (endpoint === undefined) return {}
  return service.accountInHost
    ? { endpointProvider: () => ({ url: new URL(endpoint) }), disableHostPrefix: true }
    : { endpoint }
}

/** Exponential with full jitter. The SDK would set another base for throttling, which the pace already answers. */
const backoff = (base: number) => ({
  setDelayBase: () => undefined,
  computeNextBackoffDelay: (attempt: number): number =>
    Math.floor(Math.random() * Math.min(base * 2 ** attempt, base * 50)),
})
