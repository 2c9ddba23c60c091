/** Loads `node:sqlite` without its own experimental warning, and no other warning with it. */

type Sqlite = typeof import('node:sqlite')
type Emit = (warning: string | Error, ...rest: unknown[]) => void

let loaded: Promise<Sqlite | null> | null = null

/** Null where this Node has none (it came with 22.5). */
export const loadSqlite = (): Promise<Sqlite | null> => {
  loaded ??= load()
  return loaded
}

/** Node 22 warns while the module is loaded; 24 no longer does. */
const load = async (): Promise<Sqlite | null> => {
  const emit = process.emitWarning as Emit
  const filtered: Emit = (warning, ...rest) => {
    if (!/SQLite is an experimental feature/.test(String(warning))) emit.call(process, warning, ...rest)
  }
  process.emitWarning = filtered as typeof process.emitWarning
  try {
    return await import('node:sqlite')
  } catch {
    return null
  } finally {
    process.emitWarning = emit as typeof process.emitWarning
  }
}
