/** A witness on the terminal: who can send it, the command, and what it passes. */
import { curlOf } from '../curl.ts'
import type { Witness } from '../terms.ts'
import { label } from '../visible-text.ts'
import { vantageWords } from '../words.ts'
import { commandLines } from './command.ts'
import { type Canvas, field, paragraph } from './layout.ts'

const sender = (witness: Witness): string =>
  ({
    internet: `from ${vantageWords.internet}`,
    tenant: `as anybody's CloudFront distribution sends it to its origin, from an address such as ${witness.source}; not from here`,
    inside: `from inside the network, for example ${witness.source}`,
  })[witness.vantage]

export const request = (canvas: Canvas, witness: Witness): readonly string[] => {
  const command = curlOf(witness)
  const lines = command && commandLines(command, canvas.width, 4)
  return [
    ...field(canvas, 'Request', label(sender(witness))),
    ...(lines ?? paragraph(canvas, { indent: 4, text: 'It does not fit a command line; see result.json.' })),
    ...(lines && command ? command.secrets : []).flatMap(s =>
      paragraph(canvas, {
        indent: 4,
        text: `# ${s.variable}: a value that the gate accepts; no report holds it (${s.sealed})`,
        style: 'dim',
      }),
    ),
  ]
}

export const route = (canvas: Canvas, witness: Witness): readonly string[] =>
  witness.route.flatMap((step, i) =>
    field(canvas, i === 0 ? 'Passes' : ' ', `${label(step.text)} (line ${step.line})`),
  )
