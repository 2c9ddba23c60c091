import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { matchesGlob } from '#base/glob.ts'
import { type Naming, type PathTwin, pathTwins } from '#prove/signed/twins.ts'

interface Behavior {
  readonly pathPattern: string
  readonly isDefault: boolean
  readonly signed: boolean
  readonly leads: readonly { readonly backend: string; readonly originPath: string }[]
}

interface Edge {
  readonly distribution: string
  readonly behaviors: readonly Behavior[]
}

interface Side {
  readonly distribution: string
  readonly pathPattern: string
}

type Twin = PathTwin & { readonly signed: Side; readonly unsigned: Side }

const waysOf = (edges: readonly Edge[], signed: boolean) =>
  edges.flatMap(({ distribution, behaviors }) =>
    behaviors
      .filter(b => b.signed === signed)
      .flatMap(behavior =>
        behavior.leads.map(lead => ({
          ...{ distribution, pathPattern: behavior.pathPattern, backend: lead.backend },
          way: { behaviors, behavior, originPath: lead.originPath },
        })),
      ),
  )

/** Every signed behaviour against every unsigned one that leads to the same backend. */
const unsignedTwins = (
  edges: readonly Edge[],
  naming: (backend: string) => Naming,
  steps?: number,
): readonly Twin[] =>
  waysOf(edges, true).flatMap(signed =>
    waysOf(edges, false)
      .filter(unsigned => unsigned.backend === signed.backend)
      .flatMap(unsigned =>
        pathTwins(signed.way, unsigned.way, naming(signed.backend), steps).map(twin => ({
          ...twin,
          signed,
          unsigned,
        })),
      ),
  )

const behavior = (pathPattern: string, signed: boolean, originPath = '', backend = 'bucket'): Behavior => ({
  pathPattern,
  isDefault: pathPattern === 'Default (*)',
  signed,
  leads: [{ backend, originPath }],
})
const fallback = 'Default (*)'
const edge = (distribution: string, ...behaviors: readonly Behavior[]): Edge => ({
  distribution,
  behaviors,
})
const twins = (edges: readonly Edge[], naming: Naming = 'exact'): readonly Twin[] =>
  unsignedTwins(edges, () => naming)
const brief = (found: readonly Twin[]) =>
  found.map(t =>
    t.outcome === 'undecided' ? t.outcome : `${t.outcome}: ${t.signedPath} = ${t.unsignedPath} (${t.object})`,
  )

describe('objects behind a signed behaviour', () => {
  it('have no certain twin where a signed behaviour comes first and everything else is elsewhere', () => {
    const found = twins([edge('D', behavior('/private/*', true), behavior(fallback, false))])
    expect(found.map(t => t.outcome)).toEqual(['possible'])
  })

  it('may be asked for with an encoded slash, if CloudFront leaves it encoded as documented', () => {
    const [found] = twins([edge('D', behavior('/private/*', true), behavior(fallback, false))])
    expect(found).toMatchObject({
      signedPath: '/private/',
      unsignedPath: '/private%2F',
      object: '/private/',
      because: ['CloudFront compares the path normalised by RFC 3986, as documented, or as it was sent'],
    })
  })

  it('cannot be asked for with encoded letters, because CloudFront decodes those before it compares', () => {
    // Without a slash in the pattern nothing but letters could be encoded.
    const found = twins([edge('D', behavior('/p*', true), behavior(fallback, false))])
    expect(found).toMatchObject([
      { unsignedPath: '/%70', because: ['CloudFront compares the path as it was sent'] },
    ])
  })

  it('have none where all behaviours are signed', () => {
    expect(twins([edge('D', behavior('/private/*', true), behavior(fallback, true))])).toEqual([])
  })

  it('have one where an unsigned behaviour comes before', () => {
    const found = twins([
      edge('D', behavior('*.jpg', false), behavior('/private/*', true), behavior(fallback, true)),
      edge('E', behavior(fallback, false, '', 'another bucket')),
    ])
    expect(brief(found).filter(b => b.startsWith('certain'))).toEqual([])
    const other = twins([
      edge('D', behavior('/private/*', true), behavior(fallback, true)),
      edge('E', behavior('*.jpg', false), behavior(fallback, true)),
    ])
    expect(brief(other)).toContain('certain: /private/.jpg = /private/.jpg (/private/.jpg)')
  })

  it('are hidden by the order of patterns, not by their length', () => {
    const shadowed = edge('D', behavior('/*', false), behavior('/private/*', true), behavior(fallback, true))
    // The signed pattern is never reached: it covers nothing. The default is not reached either.
    expect(twins([shadowed])).toEqual([])
  })

  it('have a twin in another distribution with the same bucket', () => {
    const found = twins([
      edge('D', behavior('/private/*', true), behavior(fallback, true)),
      edge('E', behavior(fallback, false)),
    ])
    expect(brief(found)).toContain('certain: /private/ = /private/ (/private/)')
  })

  it('have a twin through another origin path', () => {
    const found = twins([
      edge('D', behavior('/private/*', true), behavior(fallback, true, '/public')),
      edge('E', behavior(fallback, false, '/private')),
    ])
    expect(brief(found)).toEqual(['certain: /private/ = / (/private/)'])
  })

  it('have none through an origin path beside theirs', () => {
    const found = twins([
      edge('D', behavior('/private/*', true)),
      edge('E', behavior(fallback, false, '/public')),
    ])
    expect(found).toEqual([])
  })

  it('are not those of another backend', () => {
    expect(
      twins([edge('D', behavior('/private/*', true)), edge('E', behavior(fallback, false, '', 'other'))]),
    ).toEqual([])
  })

  it('tell letter case, unless the origin does not', () => {
    const world = [edge('D', behavior('/Private', true), behavior('/private', false), behavior('/*', true))]
    expect(twins(world)).toEqual([])
    expect(twins(world, 'lenient')).toMatchObject([
      {
        outcome: 'possible',
        signedPath: '/Private',
        unsignedPath: '/private',
        because: ['the origin takes letters of either case for the same'],
      },
    ])
  })

  it('may be asked for with two slashes where the origin takes them for one', () => {
    const world = [edge('D', behavior('/p', true), behavior('//p', false), behavior('/*', true))]
    expect(twins(world)).toEqual([])
    expect(brief(twins(world, 'lenient'))).toEqual(['possible: /p = //p (/p)'])
  })

  it('may be asked for with another reserved character encoded', () => {
    const found = twins([edge('D', behavior('/a+b', true), behavior(fallback, false))])
    expect(brief(found)).toEqual(['possible: /a+b = /a%2Bb (/a+b)'])
  })

  it('stay undecided where the search runs out of steps', () => {
    const found = unsignedTwins(
      [edge('D', behavior('/private/*', true), behavior(fallback, false))],
      () => 'exact',
      50,
    )
    expect(found).toMatchObject([
      { outcome: 'undecided', because: ['the path patterns are too large to compare'] },
    ])
  })
})

/** Independent of the machines: what the documented reading says of one request. */
const taking = ({ behaviors }: Edge, path: string): Behavior | undefined => {
  const normal = path.replace(/%[0-9A-F]{2}/g, code => {
    const c = decodeURIComponent(code)
    return /[\w\-.~]/.test(c) ? c : code
  })
  const glob = (b: Behavior) =>
    b.isDefault ? '/*' : b.pathPattern.startsWith('/') ? b.pathPattern : `/${b.pathPattern}`
  return behaviors.find(b => matchesGlob(glob(b), normal))
}

const letters = ['/', 'a', 'B', '%61', '%2F']
const requests = (length: number): readonly string[] =>
  length === 0 ? [''] : requests(length - 1).flatMap(p => [p, ...letters.map(l => p + l)])
const short = [...new Set(requests(4))].filter(p => p.startsWith('/'))

const object = (lead: Behavior['leads'][number] | undefined, path: string): string =>
  `${lead?.backend} ${lead?.originPath}${decodeURIComponent(path)}`

const patterns = fc.stringMatching(/^\/[aB/*?]{0,3}$/)
const behaviors = fc
  .array(fc.tuple(patterns, fc.boolean(), fc.constantFrom('', '/a', '/B')), { maxLength: 3 })
  .chain(some =>
    fc
      .tuple(fc.constant(some), fc.boolean(), fc.constantFrom('', '/a'))
      .map(([list, last, path]) => [
        ...list.map(([pattern, signed, originPath]) => behavior(pattern, signed, originPath)),
        behavior(fallback, last, path),
      ]),
  )
const edges = fc.tuple(behaviors, behaviors).map(([d, e]) => [edge('D', ...d), edge('E', ...e)])

describe('the search for twins', () => {
  test.prop([edges], { numRuns: 60 })('misses none that trying all short requests finds', world => {
    const plain = short.filter(p => !p.includes('%'))
    const guarded = new Map<string, string>()
    for (const e of world)
      for (const path of plain) {
        const b = taking(e, path)
        if (b?.signed)
          for (const lead of b.leads) guarded.set(object(lead, path), `${e.distribution} ${b.pathPattern}`)
      }
    const found = twins(world)
    for (const e of world)
      for (const path of short) {
        const b = taking(e, path)
        const guard = b && !b.signed ? guarded.get(object(b.leads[0], path)) : undefined
        if (guard === undefined) continue
        const pair = found.find(
          t =>
            `${t.signed.distribution} ${t.signed.pathPattern}` === guard &&
            t.unsigned.distribution === e.distribution &&
            t.unsigned.pathPattern === b?.pathPattern,
        )
        expect(pair, `${guard} against ${e.distribution} ${b?.pathPattern}: ${path}`).toBeDefined()
      }
  })

  test.prop([edges], { numRuns: 60 })('finds only requests that do what it says', world => {
    for (const twin of twins(world)) {
      if (twin.outcome === 'undecided') continue
      if (twin.because.some(b => !b.includes('as documented'))) continue
      const at = (name: string) => world.find(e => e.distribution === name) ?? edge(name)
      const [guarded, free] = [
        taking(at(twin.signed.distribution), twin.signedPath),
        taking(at(twin.unsigned.distribution), twin.unsignedPath),
      ]
      expect([guarded?.signed, free?.signed]).toEqual([true, false])
      const same = `bucket ${twin.object}`
      expect([object(guarded?.leads[0], twin.signedPath), object(free?.leads[0], twin.unsignedPath)]).toEqual(
        [same, same],
      )
    }
  })
})
