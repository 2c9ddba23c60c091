/** Finds and reads the kubeconfig of the cluster that the user wants read. */
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { UserFault } from '#base/fault.ts'
import type { ClusterAccess } from '#scan.ts'
import { readText } from './read-file.ts'

/** As kubectl looks for it; where several are named, one must be chosen. */
const usual = (): string => {
  const files = (process.env.KUBECONFIG ?? '').split(delimiter).filter(file => file !== '')
  if (files.length > 1)
    throw new UserFault('KUBECONFIG names several files: choose one with --kubeconfig FILE.')
  return files[0] ?? join(homedir(), '.kube', 'config')
}

/** `file` is true for the one that kubectl would use. */
export const clusterAccess = async (
  file: string | true | undefined,
  context: string | undefined,
): Promise<ClusterAccess | undefined> => {
  if (file === undefined) {
    if (context === undefined) return undefined
    throw new UserFault('--context chooses in a kubeconfig: give --kubeconfig as well.')
  }
  const path = file === true ? usual() : file
  const text = await readText(path, 'the kubeconfig')
  return { file: resolve(path), text, ...(context === undefined ? {} : { context }) }
}
