/** The names of the report formats, apart from the reporters so that help and usage stay quick to load. */
import type { Format } from '#report/reporters.ts'

export type { Format } from '#report/reporters.ts'

export const formats: readonly Format[] = ['terminal', 'json', 'sarif', 'html']
