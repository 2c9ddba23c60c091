/** Runs dependency-cruiser over a tree with the import table as its rules. */
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { confined, stages } from './stages.ts'

const folder = (stage: string): string =>
  stage.endsWith('.ts') ? `${stage.replace('.', '\\.')}$` : `${stage}/`

const rules: IForbiddenRuleType[] = [
  ...Object.entries(stages).map(
    ([name, { mayImport, reason }]): IForbiddenRuleType => ({
      name: `stage-${name}`,
      comment: reason,
      severity: 'error',
      from: { path: `^src/${folder(name)}` },
      to: { path: '^src/', pathNot: [name, ...mayImport].map(s => `^src/${folder(s)}`) },
    }),
  ),
  ...confined.map(
    ({ module, to, reason }): IForbiddenRuleType => ({
      name: `confined-${module}`,
      comment: reason,
      severity: 'error',
      from: { path: '^src/', pathNot: to },
      to: { path: `(^|node_modules/)(${module})(/|$)`, dependencyTypesNot: ['type-only'] },
    }),
  ),
  {
    name: 'no-cycles',
    comment: 'data flows one way',
    severity: 'error',
    from: { path: '^src/' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'checker-apart',
    comment: 'the checker of certificates shares no code with the solver',
    severity: 'error',
    from: { path: '^src/prove/check' },
    to: { path: '^src/prove/', pathNot: '^src/prove/(check|exposure\\.ts$)' },
  },
  { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
]

export interface Violation {
  readonly rule: string
  readonly from: string
  readonly to: string
}

/** Modules seen and rules broken in `src` below `baseDir`. */
export const cruiseSources = async (
  baseDir: string,
): Promise<{ readonly modules: readonly string[]; readonly violations: readonly Violation[] }> => {
  const { output } = await cruise(
    ['src'],
    {
      baseDir,
      validate: true,
      ruleSet: { forbidden: rules },
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: { conditionNames: ['import', 'node', 'default'], exportsFields: ['exports'] },
    },
    undefined,
    { tsConfig: extractTSConfig('./tsconfig.json') },
  )
  const { modules, summary } = output as ICruiseResult
  return {
    modules: modules.map(m => m.source).filter(s => s.startsWith('src/')),
    violations: summary.violations.map(v => ({ rule: v.rule.name, from: v.from, to: v.to })),
  }
}
