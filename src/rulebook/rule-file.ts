/** One rule file and its prose page, read into a checked rule. */
import { messageOf } from '#base/fault.ts'
import { checkAgainst, faultAt } from './check.ts'
import { suggestion } from './nearest.ts'
import {
  isEvidencePlaceholder,
  isSubjectPlaceholder,
  placeholdersIn,
  subjectPlaceholders,
} from './placeholders.ts'
import type { FixStep, Rule } from './rule.ts'
import { ruleOutline } from './schema.ts'
import { parseTree } from './tree.ts'

/** A file of a rule pack, by the name its owner knows it under. */
export interface RuleFile {
  readonly path: string
  readonly text: string
}

/** What the outline schema has checked. */
type RuleDocument = Pick<
  Rule,
  'id' | 'surface' | 'subject' | 'severity' | 'title' | 'message' | 'profiles' | 'references'
> &
  Partial<Pick<Rule, 'verdict' | 'cause' | 'mappings'>> & {
    readonly when?: unknown
    readonly require: unknown
    readonly fix?: readonly { readonly say: string; readonly run?: readonly string[] }[]
  }

/** Parses JSON; the fault says where the text stops being JSON. */
export const parseJson = ({ path, text }: RuleFile): unknown => {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw faultAt(path, '', `not valid JSON (${messageOf(thrown)})`)
  }
}

const checkPlaceholders = (text: string, place: string, path: string, evidenceToo: boolean): void => {
  for (const name of placeholdersIn(text))
    if (!isSubjectPlaceholder(name) && !(evidenceToo && isEvidencePlaceholder(name)))
      throw faultAt(path, place, `unknown placeholder "{${name}}"${suggestion(name, subjectPlaceholders)}`)
}

const checkTexts = ({ message, verdict, fix }: RuleDocument, path: string): void => {
  checkPlaceholders(message, 'message', path, false)
  checkPlaceholders(verdict?.guessable ?? '', 'verdict.guessable', path, false)
  fix?.forEach((step, i) => {
    checkPlaceholders(step.say, `fix[${i}].say`, path, false)
    step.run?.forEach((line, j) => {
      checkPlaceholders(line, `fix[${i}].run[${j}]`, path, true)
    })
  })
}

const checkName = ({ id, surface }: RuleDocument, path: string): void => {
  const [file = '', folder = ''] = path.split(/[\\/]/).reverse()
  if (file !== `${id}.json`)
    throw faultAt(path, 'id', `the id is "${id}", so the file must be called ${id}.json`)
  if (folder !== surface)
    throw faultAt(
      path,
      'surface',
      `the surface is "${surface}", so the file must be in a folder of that name`,
    )
}

const steps = (document: RuleDocument): readonly FixStep[] =>
  (document.fix ?? []).map(({ say, run }) => ({ say, run: run ?? [] }))

/** Throws a UserFault: one sentence with file and place. */
export const readRule = (file: RuleFile, prose: ReadonlyMap<string, string>): Rule => {
  const { path } = file
  const value = parseJson(file)
  checkAgainst(ruleOutline, value, path)
  const document = value as RuleDocument
  checkName(document, path)
  checkTexts(document, path)
  const help = prose.get(path.replace(/\.json$/, '.md'))
  if (help === undefined || help.trim() === '')
    throw faultAt(path, '', `its prose page ${document.id}.md is missing beside it`)
  const where = { path, subject: document.subject }
  const { id, surface, subject, severity, title, message, profiles, references } = document
  return {
    ...{ id, surface, subject, severity, title, message, profiles, references, help, path },
    when: document.when === undefined ? null : parseTree(document.when, 'when', where),
    require: parseTree(document.require, 'require', where),
    verdict: document.verdict ?? null,
    cause: document.cause ?? null,
    fix: steps(document),
    mappings: document.mappings ?? [],
  }
}
