/** The rulebook of a run: the bundled rules and the user's. */
import { loadRulebook } from '#rulebook/load.ts'
import type { Rulebook } from '#rulebook/rule.ts'
import { bundledRuleFiles, userRuleFiles } from './package-files.ts'

export const loadRules = async (folder: string | undefined): Promise<Rulebook> =>
  loadRulebook([...(await bundledRuleFiles()), ...(folder === undefined ? [] : await userRuleFiles(folder))])
