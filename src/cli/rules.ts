/** The rulebook of a run: the bundled rules and the user's. */
import { loadRulebook } from '#rulebook/load.ts'
import { adjustedProfiles } from '#rulebook/profiles.ts'
import type { Rulebook } from '#rulebook/rule.ts'
import { bundledRuleFiles, userRuleFiles } from './package-files.ts'
import type { Settings } from './settings.ts'

export const loadRules = async (
  folder: string | undefined,
  adjust: Settings['adjust'] = {},
): Promise<Rulebook> => {
  const files = [...(await bundledRuleFiles()), ...(folder === undefined ? [] : await userRuleFiles(folder))]
  return adjustedProfiles(loadRulebook(files), adjust, 'the config')
}
