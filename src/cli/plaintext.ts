/** What `--find-plaintext` reads, in words. */
import { plaintextOperations } from '#scan.ts'

/** For people who decide whether to allow it; ends with a line break. */
export const describeReading = (): string =>
  [
    '--find-plaintext also reads these values. Each is compared in memory with the secrets of the account; only places leave.',
    ...plaintextOperations.map(({ action, purpose }) => `  ${action}: ${purpose}`),
    'Never read: parameters of type SecureString, and values of Secrets Manager.',
    '',
  ].join('\n')
