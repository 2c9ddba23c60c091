/** When each sealed value was first and last seen, in one SQLite file that survives a kill at any moment. */
import type { DatabaseSync } from 'node:sqlite'
import { messageOf } from '#base/fault.ts'
import { loadSqlite } from './sqlite.ts'

/** A value where it was seen. The fingerprint is keyed: it recovers nothing, and another key gives another one. */
export interface Sighting {
  readonly fingerprint: string
  readonly account: string
  /** Name of the place that sends or compares the value, e.g. a distribution's origin. */
  readonly origin: string
  /** Header name, in any letter case. */
  readonly header: string
}

export interface Seen extends Sighting {
  /** ISO 8601. */
  readonly firstSeen: string
  readonly lastSeen: string
}

export interface History {
  /** Remembers that these values were seen at that moment (ISO 8601); all of them or, where it fails, none. */
  record(sightings: readonly Sighting[], at: string): HistoryProblem | null
  /** Everything remembered of an account, by origin, header and time. */
  seen(account: string): readonly Seen[] | HistoryProblem
  close(): void
}

/** What is wrong, in one sentence; the scan goes on without history. */
export interface HistoryProblem {
  readonly problem: string
}

export const isProblem = (value: object | null): value is HistoryProblem =>
  value !== null && 'problem' in value

/** Told apart from other SQLite files by this number in their head. */
const applicationId = 0x6f70_6869
const schemaVersion = 1

const schema = `
  CREATE TABLE IF NOT EXISTS sighting (
    fingerprint TEXT NOT NULL, account TEXT NOT NULL, origin TEXT NOT NULL, header TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
    PRIMARY KEY (account, origin, header, fingerprint)
  ) STRICT, WITHOUT ROWID`

/** A later scan only widens the interval; one with an older clock does so at the other end. */
const remember = `
  INSERT INTO sighting (fingerprint, account, origin, header, first_seen, last_seen)
  VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (account, origin, header, fingerprint) DO UPDATE SET
    first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)`

const recall = `
  SELECT fingerprint, account, origin, header, first_seen AS firstSeen, last_seen AS lastSeen
  FROM sighting WHERE account = ? ORDER BY origin, header, first_seen, fingerprint`

/** How long to wait for another scan that writes, in milliseconds. */
const patience = 5000

/** Opens the file, and makes it where there is none; the folder must exist. */
export const openHistory = async (file: string): Promise<History | HistoryProblem> => {
  const sqlite = await loadSqlite()
  if (sqlite === null) return { problem: 'This version of Node has no node:sqlite: no history is kept.' }
  let database: DatabaseSync | null = null
  try {
    database = new sqlite.DatabaseSync(file)
    const wrong = prepare(database)
    if (wrong === null) return historyIn(database, file)
    database.close()
    return { problem: `The history ${file} ${wrong}.` }
  } catch (thrown) {
    if (database?.isOpen) database.close()
    return failed(file, thrown)
  }
}

const failed = (file: string, thrown: unknown): HistoryProblem => ({
  problem: `The history ${file} cannot be used (${messageOf(thrown)}): move it away to have a new one made.`,
})

const numberAt = (database: DatabaseSync, pragma: string): unknown =>
  database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]

/** Null where the database is ready. */
const prepare = (database: DatabaseSync): string | null => {
  database.exec(`PRAGMA busy_timeout = ${patience}`)
  const [id, version] = [numberAt(database, 'application_id'), numberAt(database, 'user_version')]
  const tables = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.n
  const fresh = id === 0 && version === 0 && tables === 0
  if (!fresh && id !== applicationId) return 'is a database of another program: choose another file'
  if (!fresh && version !== schemaVersion)
    return `has format ${String(version)}, which this version does not know`
  const [check] = database.prepare('PRAGMA quick_check(1)').all()
  if (check?.quick_check !== 'ok') return 'is damaged: move it away to have a new one made'
  // The write-ahead log makes each transaction whole or absent whenever the process dies.
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = FULL')
  inTransaction(database, () => {
    database.exec(schema)
    database.exec(`PRAGMA application_id = ${applicationId}`)
    database.exec(`PRAGMA user_version = ${schemaVersion}`)
  })
  return null
}

/** SQLite may have rolled back on its own, as it does where the disk is full: then there is nothing to abandon. */
const abandon = (database: DatabaseSync): void => {
  try {
    database.exec('ROLLBACK')
  } catch {
    // The first error is the one to report.
  }
}

const inTransaction = (database: DatabaseSync, work: () => void): void => {
  database.exec('BEGIN IMMEDIATE')
  try {
    work()
    database.exec('COMMIT')
  } catch (thrown) {
    abandon(database)
    throw thrown
  }
}

const historyIn = (database: DatabaseSync, file: string): History => ({
  record: (sightings, at) => {
    try {
      const statement = database.prepare(remember)
      inTransaction(database, () => {
        for (const { fingerprint, account, origin, header } of sightings)
          statement.run(fingerprint, account, origin, header.toLowerCase(), at, at)
      })
      return null
    } catch (thrown) {
      return failed(file, thrown)
    }
  },
  seen: account => {
    try {
      return database.prepare(recall).all(account).map(seenIn)
    } catch (thrown) {
      return failed(file, thrown)
    }
  },
  close: () => database.close(),
})

const seenIn = (row: Readonly<Record<string, unknown>>): Seen => ({
  fingerprint: String(row.fingerprint),
  account: String(row.account),
  origin: String(row.origin),
  header: String(row.header),
  firstSeen: String(row.firstSeen),
  lastSeen: String(row.lastSeen),
})
