/** Which Secrets hold passwords that a check in the cluster asks for, and the htpasswd file that the controller makes of them. */
import type { ObjectName } from './controllers.ts'
import { type Fields, fieldsAt, textAt } from './fields.ts'

/**
 * - `auth-file`: the key `auth` is the file (ingress-nginx).
 * - `auth-map`: each key is a user, its value the hash (ingress-nginx).
 * - `single`: the only key is the file, or user and password stand in clear (Traefik).
 */
export type PasswordForm = 'auth-file' | 'auth-map' | 'single'

export interface PasswordSecret extends ObjectName {
  readonly form: PasswordForm
}

/** Annotation by the part of its name behind the slash: the prefix of ingress-nginx can be chosen. */
const annotation = (annotations: Fields, name: string): string => {
  const key = Object.keys(annotations).find(k => k.endsWith(`/${name}`))
  return key === undefined ? '' : textAt(annotations, key).trim()
}

const ofIngress = (ingress: Fields, namespace: string): readonly PasswordSecret[] => {
  const annotations = fieldsAt(ingress, 'metadata', 'annotations')
  const written = annotation(annotations, 'auth-secret')
  if (written === '' || annotation(annotations, 'auth-type') !== 'basic') return []
  const [first = '', second] = written.split('/')
  const form = annotation(annotations, 'auth-secret-type') === 'auth-map' ? 'auth-map' : 'auth-file'
  return [second === undefined ? { namespace, name: first, form } : { namespace: first, name: second, form }]
}

const ofMiddleware = (middleware: Fields, namespace: string): readonly PasswordSecret[] => {
  const name = textAt(fieldsAt(middleware, 'spec', 'basicAuth'), 'secret')
  return name === '' ? [] : [{ namespace, name, form: 'single' }]
}

/** The Secrets that an Ingress or a Middleware names for basic authentication. */
export const passwordSecretsOf = (object: Fields, namespace: string): readonly PasswordSecret[] =>
  object.kind === 'Ingress'
    ? ofIngress(object, namespace)
    : object.kind === 'Middleware'
      ? ofMiddleware(object, namespace)
      : []

const decoded = (value: unknown): string =>
  typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : ''

/** `stringData` wins over `data`, as the API server merges them. */
const dataOf = (secret: Fields): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(fieldsAt(secret, 'data')).map(([key, value]) => [key, decoded(value)] as const),
    ...Object.entries(fieldsAt(secret, 'stringData')).map(([key, value]) => [key, String(value)] as const),
  ])

/** The file in clear, for the door alone; null where the controller finds none in the Secret. */
export const passwordFile = (secret: Fields, form: PasswordForm): string | null => {
  const data = dataOf(secret)
  if (form === 'auth-file') return data.get('auth') ?? null
  if (form === 'auth-map') return [...data].map(([user, hash]) => `${user}:${hash}`).join('\n')
  if (textAt(secret, 'type') === 'kubernetes.io/basic-auth')
    return `${data.get('username') ?? ''}:{PLAIN}${data.get('password') ?? ''}`
  const [only, ...more] = data.values()
  return more.length === 0 ? (only ?? null) : null
}
