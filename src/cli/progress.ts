/** Progress on stderr: a spinner on a terminal, a line per stage elsewhere. */
import ora from 'ora'

export interface Progress {
  /** Starts a stage; the one before it is done. */
  stage(text: string): void
  /** More about the running stage; shown on a terminal only. */
  detail(text: string): void
  done(): void
}

/** Control characters of data must not reach the terminal. */
export const plain = (text: string): string => text.replace(/\p{C}/gu, ' ')

const quiet = (stream: NodeJS.WritableStream): Progress => ({
  stage: text => void stream.write(`originproof: ${plain(text)}\n`),
  detail: () => undefined,
  done: () => undefined,
})

export const startProgress = (stream: NodeJS.WriteStream = process.stderr): Progress => {
  if (!stream.isTTY) return quiet(stream)
  const spinner = ora({ stream, discardStdin: false, color: process.env.NO_COLOR ? false : 'cyan' })
  let current = ''
  return {
    stage(text) {
      if (current) spinner.succeed(current)
      current = plain(text)
      spinner.start(current)
    },
    detail(text) {
      spinner.text = `${current} - ${plain(text)}`
    },
    done() {
      if (current) spinner.succeed(current)
      current = ''
    },
  }
}
