/** Runs a task in a process of its own, so that its memory, its time and its event loop are nobody else's. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Starts one of this folder's modules with a task as its only argument. */
export const startChild = (file: string, task: object): ChildProcess =>
  fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(task)], {
    execArgv: process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [],
  })

/** The next message of a child; rejects when it ends without one. */
export const messageOf = async <T>(child: ChildProcess): Promise<T> => {
  const ended = new AbortController()
  const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`A child process of the benchmark ended with ${code} before it answered.`)
  })
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal: ended.signal }), exit])) as [T]
    return message
  } finally {
    ended.abort()
    exit.catch(() => undefined)
  }
}

/** Runs a module to its one answer. */
export const runChild = async <T>(file: string, task: object): Promise<T> => {
  const child = startChild(file, task)
  const message = await messageOf<T>(child)
  if (child.exitCode === null) await once(child, 'exit')
  return message
}

/** In the child: what it was asked. From then on it ends when its parent lets go or ends. */
export const taskOf = <T>(): T => {
  process.once('disconnect', () => process.exit())
  return JSON.parse(process.argv[2] ?? '{}') as T
}

/** In the child: answers, and lets the process end. */
export const answer = (message: object): void => {
  process.send?.(message, () => process.disconnect())
}
