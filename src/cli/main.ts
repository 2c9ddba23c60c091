#!/usr/bin/env node
/** Entry point: parses the command line, runs the command, turns faults into one sentence and an exit code. */
import { CommanderError } from 'commander'
import { messageOf, UserFault } from '#base/fault.ts'
import { exitCodes } from './exit-code.ts'
import { version } from './package-files.ts'
import { buildProgram, type Run } from './program.ts'

const commands: Readonly<Record<string, () => Promise<{ readonly run: Run }>>> = {
  scan: () => import('./commands/scan.ts'),
  collect: () => import('./commands/collect.ts'),
  judge: () => import('./commands/judge.ts'),
  manifests: () => import('./commands/manifests.ts'),
  report: () => import('./commands/report.ts'),
  'check-proof': () => import('./commands/check-proof.ts'),
  rules: () => import('./commands/rules.ts'),
  cookie: () => import('./commands/cookie.ts'),
  policy: () => import('./commands/policy.ts'),
  demo: () => import('./commands/demo.ts'),
}

const dispatch =
  (name: string): Run =>
  async (options, args) => {
    const command = await commands[name]?.()
    if (command === undefined) throw new UserFault(`There is no command "${name}": see originproof --help.`)
    return command.run(options, args)
  }

const explain = (thrown: unknown): string => {
  if (thrown instanceof UserFault) return `originproof: ${messageOf(thrown)}`
  const detail = process.env.ORIGINPROOF_DEBUG && thrown instanceof Error ? `\n${thrown.stack ?? ''}` : ''
  return `originproof: internal fault, please report it: ${messageOf(thrown)}${detail}`
}

// A reader that closes the pipe early (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.clean)
  throw error
})

const program = buildProgram(await version(), dispatch, code => {
  process.exitCode = code
})
program.exitOverride()
for (const command of program.commands) command.exitOverride()

try {
  await program.parseAsync(process.argv)
} catch (thrown) {
  if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? 0 : exitCodes.cannotRun
  else {
    process.stderr.write(`${explain(thrown)}\n`)
    process.exitCode = exitCodes.cannotRun
  }
}
