/** A witness on the terminal: who can send it, the command, and what it passes. */
import { commandLine, curlOf } from '../curl.ts'
import type { RouteStep, Witness } from '../terms.ts'
import { label } from '../visible-text.ts'
import { vantageWords } from '../words.ts'
import { type Canvas, field, paint, paragraph, wrap } from './layout.ts'
import { shellLines } from './shell.ts'

/** More than this is no longer something to paste. */
const longestCommand = 3000

const sender = (witness: Witness): string =>
  ({
    internet: `from ${vantageWords.internet}`,
    tenant: `as anybody's CloudFront distribution sends it to its origin, from an address such as ${witness.source}; not from here`,
    inside: `from inside the network, for example ${witness.source}`,
  })[witness.vantage]

/** Every line is one for the shell too, because it is copied with the command. */
const comment = (canvas: Canvas, text: string): readonly string[] =>
  wrap(text, canvas.width - 6).map(line => paint(canvas, 'dim', `    # ${line}`))

const command = (canvas: Canvas, witness: Witness): readonly string[] => {
  const curl = curlOf(witness)
  const line = curl && commandLine(curl)
  if (curl === null || line === null || line.length > longestCommand)
    return paragraph(canvas, { indent: 4, text: 'It does not fit a command line; see result.json.' })
  const secrets = curl.secrets.map(
    ({ variable, sealed }) => `${variable}: a value that the gate accepts; no report holds it (${sealed})`,
  )
  return [...shellLines(line, canvas.width, 4), ...secrets.flatMap(text => comment(canvas, text))]
}

export const request = (canvas: Canvas, witness: Witness): readonly string[] => [
  ...field(canvas, 'Request', label(sender(witness))),
  ...command(canvas, witness),
]

/** Neighbours that stand on one line of the snapshot, such as a rule and its action, together. */
const stretches = (route: readonly RouteStep[]): readonly (readonly RouteStep[])[] => {
  const groups: RouteStep[][] = []
  for (const step of route) {
    const last = groups.at(-1)
    if (last?.[0]?.line === step.line) last.push(step)
    else groups.push([step])
  }
  return groups
}

export const route = (canvas: Canvas, witness: Witness): readonly string[] =>
  stretches(witness.route).flatMap((steps, i) =>
    field(
      canvas,
      i === 0 ? 'Passes' : ' ',
      `${steps.map(s => label(s.text)).join(', ')} (line ${steps[0]?.line})`,
    ),
  )
