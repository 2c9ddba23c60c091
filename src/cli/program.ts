/** The command line: every command, option and help text; the work is loaded only when a command runs. */
import { Command, InvalidArgumentError, Option } from 'commander'
import { UserFault } from '#base/fault.ts'
import * as check from './checks.ts'
import { failOnChoices } from './exit-code.ts'
import { formats } from './formats.ts'

/** Runs a command and answers its exit code. */
export type Run = (options: Readonly<Record<string, unknown>>, args: readonly string[]) => Promise<number>

export const ruleProfiles = ['recommended', 'strict', 'passive'] as const

const refusing =
  <T>(parse: (text: string, before?: T) => T) =>
  (text: string, before?: T): T => {
    try {
      return parse(text, before)
    } catch (thrown) {
      throw thrown instanceof UserFault ? new InvalidArgumentError(thrown.message) : thrown
    }
  }

const one = (check: (text: string) => string) => refusing<string>(text => check(text))
const many = (check: (text: string) => string) =>
  refusing<readonly string[]>((text, before = []) => [...before, check(text)])

const accountOptions = (command: Command): Command =>
  command
    .option('--profile <name>', 'profile of the AWS configuration to use')
    .option('--role-arn <arn>', 'role to assume before reading', one(check.roleArn))
    .option('--external-id <id>', 'external id for the role')
    .option(
      '--region <name>',
      'region to read; repeat for more (default: every enabled region)',
      many(check.region),
    )
    .option(
      '--endpoint-url <url>',
      'send every AWS call here (AWS_ENDPOINT_URL works too)',
      one(check.httpUrl),
    )
    .option(
      '--dns-server <host:port>',
      'resolve names here instead of with the system resolver',
      one(check.dnsServer),
    )
    .option(
      '--manifests <path>',
      'Kubernetes manifests: a file, a folder, or "-" for standard input; repeat for more',
      (path: string, before: readonly string[] = []) => [...before, path],
    )
    .option(
      '--kubeconfig [file]',
      'read the cluster of this kubeconfig too (default file: $KUBECONFIG or ~/.kube/config)',
    )
    .option('--context <name>', 'context of the kubeconfig (default: its current one)')
    .option('--no-history', 'neither use nor keep what earlier scans saw of the values')
    .option(
      '--find-plaintext',
      'also look for tokens in clear, which reads values: environment variables, plain parameters, stacks, user data, tasks',
    )
    .option(
      '--config <file>',
      'JSON file with defaults for these options; ownedHosts in it names origins outside AWS that may be probed',
    )

const outputOptions = (command: Command): Command =>
  command
    .option(
      '--format <list>',
      `reports to make, comma-separated: ${formats.join(', ')} (default: terminal, all with --output)`,
      refusing<readonly string[]>(text => check.formats(text.split(','))),
    )
    .option('--output <dir>', 'folder for the files (default: originproof-report when files are made)')

const judgeOptions = (command: Command): Command =>
  outputOptions(command)
    .addOption(
      new Option(
        '--fail-on <severity>',
        'lowest severity that makes the exit code 1 (default: high)',
      ).choices(failOnChoices),
    )
    .option('--rules <dir>', 'add the rules in this folder')
    .addOption(
      new Option('--rule-profile <name>', 'which rules to judge (default: recommended)').choices(
        ruleProfiles,
      ),
    )

const exitCodesHelp = `
Exit codes:
  0  complete, and nothing at or above --fail-on
  1  findings at or above --fail-on
  2  cannot run: usage, credentials, unreadable input
  3  incomplete: something needed was not observed`

/** Builds the program; `run` is called with the command's name once its options are parsed. */
export const buildProgram = (
  version: string,
  run: (command: string) => Run,
  done: (code: number) => void,
): Command => {
  const program = new Command('originproof')
    .description(
      'Proves that every AWS origin is reachable only through its CloudFront distribution, or shows the exact request that gets around it. Reads only; changes nothing.',
    )
    .version(version)
    .showSuggestionAfterError()
    .addHelpText('after', exitCodesHelp)
  const add = (name: string, description: string, shape: (c: Command) => Command = c => c): Command => {
    const command = shape(program.command(name).description(description))
    return command.action(async (...all: unknown[]) => {
      const args = all
        .slice(0, -2)
        .flat()
        .filter(a => typeof a === 'string')
      done(await run(command.name())(command.opts(), args))
    })
  }

  add('scan', 'read the account, prove every link, probe it, and report', c =>
    judgeOptions(accountOptions(c))
      .addOption(
        new Option('--probe <mode>', 'safe, or all to include what runs customer code').choices([
          'safe',
          'all',
        ]),
      )
      .option('--no-probe', 'send nothing to any origin')
      .option('--dry-run', 'print what the probe would send, and send nothing')
      .option(
        '--probe-allow <cidr>',
        'allow probing addresses in this non-public range; repeat for more',
        many(check.cidr),
      )
      .option(
        '--ca-file <file>',
        'certificate authorities (PEM) that the probe trusts besides the usual ones',
      )
      .option('--save-snapshot <file>', 'also write the snapshot here'),
  )
  add('collect', 'read the account and write a snapshot, secrets sealed', c =>
    accountOptions(c).requiredOption('-o, --output <file>', 'file to write'),
  )
  add('judge', 'prove and judge a saved snapshot; sends nothing', c =>
    judgeOptions(c)
      .option('--config <file>', 'JSON file with defaults for these options')
      .requiredOption('--snapshot <file>', 'snapshot to judge'),
  )
  add(
    'manifests <path...>',
    'judge Kubernetes manifests (files, folders, "-": standard input) without an AWS account; sends nothing',
    c => judgeOptions(c).option('--config <file>', 'JSON file with defaults for these options'),
  )
  add('report', 'render a saved result again', c =>
    outputOptions(c).requiredOption('--result <file>', 'result.json of an earlier scan'),
  )
  add(
    'check-proof <result>',
    'check the proofs of a saved result against its snapshot, without the prover',
    c => c.requiredOption('--snapshot <file>', 'snapshot that the result came from'),
  )
  add('rules [action] [id]', 'list the rules, or "rules show ID" for one', c =>
    c.option('--rules <dir>', 'add the rules in this folder'),
  )
  add(
    'cookie <file>',
    'check a signed URL or signed cookies in a file ("-": standard input); sends nothing',
    c =>
      c.option(
        '--key-id <id>',
        'id of a public key that CloudFront trusts; repeat for more (default: not checked)',
        many(check.keyId),
      ),
  )
  add('policy', 'print the least-privilege IAM policy for what scan reads', c =>
    c
      .option('--find-plaintext', 'with the actions that looking for tokens in clear needs')
      .option('--kubernetes', 'print the RBAC of a cluster instead, as YAML for kubectl')
      .option(
        '--secret <namespace/name>',
        'Secret with passwords that the RBAC allows to read; repeat for more',
        many(check.objectName),
      ),
  )
  add('demo', 'scan a demo account in a laboratory on this machine', c =>
    c.option('--output <dir>', 'folder for the reports (default: originproof-report)'),
  )
  return program
}
