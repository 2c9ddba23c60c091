/** Services behind TraefikService objects: those that share the load, and those that get a copy of every request. */
import type { LocatedResource } from '#snapshot/record.ts'
import { integerAt, listAt, objectAt, textAt } from '../config.ts'
import type { BackendService } from '../model/kubernetes.ts'
import { objectOf, serviceName } from './object.ts'

/** Deeper than anybody nests; one that names itself ends here. */
const deepest = 8

const plain = (raw: unknown, namespace: string): BackendService => ({
  name: serviceName(raw, namespace),
  port: String(integerAt(raw, 'port') ?? textAt(raw, 'port') ?? ''),
})

/** What it leads to; null where some part of it gets no request, or is of a sort that is not followed. */
const partsOf = (config: unknown): readonly unknown[] | null => {
  const weighted = listAt(config, 'spec', 'weighted', 'services')
  const mirroring = objectAt(config, 'spec', 'mirroring')
  const mirrors = listAt(mirroring, 'mirrors') ?? []
  const kinds = Object.keys(objectAt(config, 'spec') ?? {})
  if (kinds.length !== 1) return null
  if (weighted !== undefined) return weighted.some(s => integerAt(s, 'weight') === 0) ? null : weighted
  if (mirroring === undefined) return null
  return mirrors.every(m => (integerAt(m, 'percent') ?? 0) > 0) ? [mirroring, ...mirrors] : null
}

/** The Services behind a reference; one whose parts are not known stands for itself. */
export const servicesBehind = (
  raw: unknown,
  namespace: string,
  objects: readonly LocatedResource[],
  depth = 0,
): readonly BackendService[] => {
  const name = textAt(raw, 'name')
  if (name === undefined) return []
  if (textAt(raw, 'kind') !== 'TraefikService' || depth >= deepest) return [plain(raw, namespace)]
  const own = textAt(raw, 'namespace') ?? namespace
  const found = objects.filter(o => objectOf(o).name === name && objectOf(o).namespace === own)
  // Of two groups, with different contents: which one Traefik reads is not known.
  const [spec = '', ...others] = new Set(found.map(o => JSON.stringify(objectAt(o.config, 'spec') ?? {})))
  const parts = spec === '' || others.length > 0 ? null : partsOf(found[0]?.config)
  return parts === null
    ? [plain(raw, namespace)]
    : parts.flatMap(part => servicesBehind(part, own, objects, depth + 1))
}
