/**
 * Manifests become records of the cluster `manifests`, each with its file and line.
 *
 * One read record, `kubernetes ReadManifests` of `*` in the region `manifests`, says how many objects there were; gaps of
 * the same name say what could not be understood, and may hide objects of any kind.
 */
import type { Gap } from '#base/gap.ts'
import type { ReadRecord, ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { configMapOf, isController, looksLikeSettings } from './controllers.ts'
import { type Document, documentsOf } from './documents.ts'
import { contradictions, isUnrendered } from './doubtful.ts'
import { arnOf, type Fields, fieldsAt, isFields, type Named, textAt } from './fields.ts'
import { keptOf } from './kept.ts'
import { isOtherDoor } from './other-doors.ts'
import { type PasswordForm, passwordSecretsOf } from './password-files.ts'
import { type Resource, recognise } from './resources.ts'

export interface ManifestFile {
  /** As the user named it, or below the folder that the user named. */
  readonly path: string
  readonly text: string
}

export interface ManifestRecords {
  readonly records: readonly ResourceRecord[]
  readonly reads: readonly ReadRecord[]
  readonly gaps: readonly Gap[]
}

/** The cluster that objects of manifests are said to be of. */
const manifestsCluster = 'manifests'

/** An object with its place. */
interface Found {
  readonly object: Fields
  readonly file: string
  readonly document: Document
  readonly path: readonly (string | number)[]
}

interface Placed extends Found {
  readonly named: Named
  readonly resource: Resource
}

const gapOf = (code: Gap['code'], message: string): Gap => ({
  code,
  service: 'kubernetes',
  operation: 'ReadManifests',
  target: '*',
  account: '',
  region: manifestsCluster,
  action: '',
  message,
})

/** `List`, and lists of one kind as `kubectl get -o yaml` and the API print them. */
const objectsIn = (found: Found, depth = 0): readonly Found[] => {
  const { object, path } = found
  const kind = textAt(object, 'kind')
  if (!(kind.endsWith('List') && Array.isArray(object.items)) || depth > 3) return [found]
  const inherited = kind === 'List' ? {} : { apiVersion: object.apiVersion, kind: kind.slice(0, -4) }
  return object.items.flatMap((item, i) =>
    isFields(item)
      ? objectsIn({ ...found, object: { ...inherited, ...item }, path: [...path, 'items', i] }, depth + 1)
      : [],
  )
}

const isObject = ({ object }: Found): boolean =>
  textAt(object, 'kind') !== '' && textAt(object, 'apiVersion') !== ''

const lineOf = ({ document, path }: Found): number => document.lineAt(path)

const about = (found: Found): string =>
  `${found.file} line ${lineOf(found)} (document ${found.document.number})`

/** Annotations and data that are no text are refused by the API, so that the cluster may hold something else. */
const wrongTexts = (found: Placed): readonly Gap[] => {
  const texts = [fieldsAt(found.object, 'metadata', 'annotations')]
  if (found.resource.type === types.configMap) texts.push(fieldsAt(found.object, 'data'))
  const wrong = texts.flatMap(Object.entries).filter(([, value]) => typeof value !== 'string')
  return wrong.map(([key]) =>
    gapOf(
      'malformed',
      `The value of ${key} in ${about(found)} is no text, which the API refuses: put it in quotes.`,
    ),
  )
}

/** What it is in the cluster is not known, so that it is left out like one that cannot be read. */
const unrendered = (found: Placed): Gap =>
  gapOf('malformed', `The ${found.named.kind} in ${about(found)} holds a template: render it first.`)

/** The cluster holds one of them, and which one is not known. */
const contradicting = (all: readonly Placed[]): readonly Gap[] =>
  contradictions(
    all.map(found => {
      const { kind, apiVersion, namespace, name } = found.named
      const key = JSON.stringify([apiVersion.replace(/\/.*$/, ''), kind, namespace, name])
      return { key, object: found.object, found }
    }),
  ).map(([first, second]) =>
    gapOf(
      'malformed',
      `The ${second.named.kind} ${keyOf(second.named)} in ${about(second)} says something else than the one in ${about(first)}: name the manifests of one environment only.`,
    ),
  )

const otherDoor = (found: Found, kind: string): Gap =>
  gapOf(
    'unrecognised',
    `The ${kind} in ${about(found)} lets requests in by a controller that this version does not follow: what it leads to is not judged.`,
  )

const placed = (found: Found): Placed | Gap | null => {
  const [apiVersion, kind] = [textAt(found.object, 'apiVersion'), textAt(found.object, 'kind')]
  const recognised = recognise(apiVersion, kind)
  if (recognised.kind === 'not-read') return isOtherDoor(found.object) ? otherDoor(found, kind) : null
  const { resource } = recognised
  if (recognised.kind === 'other-version') {
    const message = `The ${kind} in ${about(found)} is of ${apiVersion}, which this version does not read.`
    return gapOf('unrecognised', message)
  }
  const metadata = fieldsAt(found.object, 'metadata')
  const name = textAt(metadata, 'name')
  if (name === '') return gapOf('malformed', `The ${kind} in ${about(found)} has no metadata.name.`)
  const namespace = resource.namespaced ? textAt(metadata, 'namespace') || 'default' : '-'
  return { ...found, resource, named: { kind, apiVersion, namespace, name } }
}

const keyOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `${namespace}/${name}`

/** ConfigMaps, Secrets and workloads are kept only where a controller or a check is concerned. */
const wanted = (all: readonly Placed[]): ((one: Placed) => boolean) => {
  const controllers = all.filter(p => p.resource.type === types.workload && isController(p.object))
  const settings = new Set(
    controllers.flatMap(c => {
      const named = configMapOf(c.object, c.named.namespace)
      return named === null || 'unclear' in named ? [] : [keyOf(named)]
    }),
  )
  const passwords = formsBySecret(all)
  return one => {
    if (one.resource.type === types.workload) return controllers.includes(one)
    if (one.resource.type === types.kubernetesSecret) return passwords.has(keyOf(one.named))
    if (one.resource.type !== types.configMap) return true
    return settings.has(keyOf(one.named)) || looksLikeSettings(one.object)
  }
}

const formsBySecret = (all: readonly Placed[]): ReadonlyMap<string, readonly PasswordForm[]> => {
  const users = all.flatMap(p => passwordSecretsOf(p.object, p.named.namespace))
  const grouped = Map.groupBy(users, keyOf)
  return new Map([...grouped].map(([key, uses]) => [key, [...new Set(uses.map(u => u.form))].sort()]))
}

const recordOf = (found: Placed, forms: readonly PasswordForm[]): ResourceRecord => ({
  record: 'resource',
  type: found.resource.type,
  arn: arnOf(manifestsCluster, found.named),
  account: '',
  region: manifestsCluster,
  source: { kind: 'file', path: found.file, line: lineOf(found) },
  config: keptOf(
    found.object,
    found.named,
    (...path) => found.document.textLine([...found.path, ...path]),
    forms,
  ),
})

/** Records in clear, to be sealed with those of the account. Whatever the texts are, nothing is thrown. */
export const recordsOfManifests = (files: readonly ManifestFile[]): ManifestRecords => {
  const gaps: Gap[] = []
  const found = files.flatMap(({ path, text }) => {
    const { documents, broken } = documentsOf(text)
    for (const { number, line, reason } of broken)
      gaps.push(
        gapOf('malformed', `${path} line ${line} (document ${number}) cannot be read as YAML: ${reason}.`),
      )
    return documents.flatMap(document =>
      isFields(document.value)
        ? objectsIn({ object: document.value, file: path, document, path: [] }).filter(isObject)
        : [],
    )
  })
  const all = found.flatMap(one => {
    const result = placed(one)
    if (result !== null && 'code' in result) gaps.push(result)
    return result === null || 'code' in result ? [] : [result]
  })
  const isWanted = wanted(all)
  const kept = all.filter(isWanted)
  const forms = formsBySecret(all)
  const read: ReadRecord = {
    record: 'read',
    service: 'kubernetes',
    operation: 'ReadManifests',
    account: '',
    region: manifestsCluster,
    target: '*',
    count: found.length,
  }
  const made = kept.map(one => [one, recordOf(one, forms.get(keyOf(one.named)) ?? [])] as const)
  const rendered = made.filter(([, record]) => !isUnrendered(record))
  const templates = made.filter(([, record]) => isUnrendered(record)).map(([one]) => unrendered(one))
  return {
    records: rendered.map(([, record]) => record),
    reads: files.length === 0 ? [] : [read],
    gaps: [...gaps, ...kept.flatMap(wrongTexts), ...templates, ...contradicting(kept)],
  }
}
