/** Finds the nginx of this machine. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export interface Nginx {
  /** A name that the system looks up, or an absolute path. */
  readonly path: string
  /** `1.22.1` */
  readonly version: string
}

/** As the system finds it, then where it stands without being in the path of users. */
const usual = ['nginx', '/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/local/nginx/sbin/nginx']

const run = promisify(execFile)

/** Null where nothing of that name tells its version as nginx does, within two seconds. */
const asked = async (path: string): Promise<Nginx | null> => {
  try {
    const { stdout, stderr } = await run(path, ['-v'], { timeout: 2_000 })
    const version = /nginx\/(\d+\.\d+\.\d+)/.exec(`${stderr}${stdout}`)?.[1]
    return version === undefined ? null : { path, version }
  } catch {
    return null
  }
}

/** The first of the places where it is; null where it is not installed. */
export const findNginx = async (places: readonly string[] = usual): Promise<Nginx | null> => {
  for (const place of places) {
    const found = await asked(place)
    if (found !== null) return found
  }
  return null
}
