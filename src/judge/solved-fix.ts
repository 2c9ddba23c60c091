/** A solved fix as Markdown: what it achieves, then each edit with its commands. */

import { fixSummary } from '#findings/fix-words.ts'
import type { Fix } from '#prove/fix/edit.ts'

/** Names of resources are no markup. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>~]/g, c => `\\${c}`)

const step = ({ text, commands }: Fix['edits'][number], i: number): string =>
  [`${i + 1}. ${plain(text)}`, '', '   ```sh', ...commands.map(line => `   ${line}`), '   ```'].join('\n')

export const remedyOfFix = (fix: Fix): string => [fixSummary(fix), ...fix.edits.map(step)].join('\n\n')
