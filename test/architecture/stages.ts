/** Who may import whom: the import table of the design, as data. */

export interface Stage {
  /** Stages (folders of `src`, or `scan.ts`) this one may import besides itself. */
  readonly mayImport: readonly string[]
  /** The one sentence a breaker of the rule needs. */
  readonly reason: string
}

export const stages: Readonly<Record<string, Stage>> = {
  base: { mayImport: [], reason: 'base holds ideas with no domain' },
  snapshot: { mayImport: ['base'], reason: 'a snapshot knows nothing of who reads it' },
  collect: { mayImport: ['base', 'snapshot'], reason: 'collecting must not judge' },
  topology: { mayImport: ['base', 'snapshot'], reason: 'the graph is a function of the snapshot' },
  prove: { mayImport: ['base', 'topology'], reason: 'a proof rests on the graph alone' },
  probe: { mayImport: ['base', 'topology', 'prove'], reason: 'probing asks what proving predicts' },
  predicates: {
    mayImport: ['base', 'topology', 'prove', 'probe'],
    reason: 'a predicate looks at what was observed, proven or probed',
  },
  rulebook: { mayImport: ['base', 'predicates'], reason: 'rules are data over named predicates' },
  findings: { mayImport: ['base', 'prove', 'probe'], reason: 'the contract between judging and reporting' },
  judge: {
    mayImport: ['base', 'topology', 'prove', 'probe', 'predicates', 'rulebook', 'findings'],
    reason: 'judging never reads, sends or renders',
  },
  cookie: { mayImport: ['base'], reason: 'a pasted signature is read without scan or network' },
  history: { mayImport: ['base'], reason: 'what was seen before is kept apart from what is seen now' },
  report: { mayImport: ['base', 'findings'], reason: 'a report is a function of the result' },
  lab: {
    mayImport: ['base', 'snapshot', 'prove', 'topology'],
    reason: 'the laboratory plays AWS and must not know the scanner',
  },
  cli: {
    // `cookie` and `history` are no part of a scan: one needs no account, the other is a file of the user's.
    mayImport: ['base', 'snapshot', 'rulebook', 'report', 'findings', 'cookie', 'history', 'lab', 'scan.ts'],
    reason: 'the command line goes through scan.ts',
  },
  'scan.ts': {
    mayImport: [
      'base',
      'snapshot',
      'collect',
      'topology',
      'prove',
      'probe',
      'predicates',
      'rulebook',
      'findings',
      'judge',
    ],
    reason: 'the pipeline neither renders nor reads the command line',
  },
}

/** Packages and built-in modules that only some files may import. */
export const confined: readonly { readonly module: string; readonly to: string; readonly reason: string }[] =
  [
    {
      module: '@aws-sdk|@smithy',
      to: '^src/(collect/|lab/|cli/credentials\\.ts$)',
      reason: 'only collecting talks to AWS',
    },
    {
      module: '@kubernetes/client-node',
      to: '^src/collect/kubernetes/api\\.ts$',
      reason: 'one door to a cluster, which lists and gets',
    },
    { module: 'yaml', to: '^src/collect/kubernetes/', reason: 'manifests are read in one place' },
    { module: '(node:)?sqlite', to: '^src/history/', reason: 'one embedded store' },
    { module: 'undici', to: '^src/(probe/transport\\.ts$|lab/)', reason: 'one door for probe traffic' },
    {
      module: '(node:)?(fs|child_process|readline)',
      to: '^src/(cli|lab)/',
      reason: 'the core never touches the disk',
    },
    {
      module: '(node:)?(net|tls|http|https|http2|dgram|dns)',
      to: '^src/(lab/|collect/resolve-name\\.ts$|probe/|cli/)',
      reason: 'network access has named places',
    },
  ]
