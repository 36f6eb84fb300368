import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Reading } from './reading.js'

/** A process of the soak. */
export interface SoakChild extends AsyncDisposable {
  readonly ports: readonly number[]
  readonly isRunning: boolean
  read(): Promise<Reading>
}

export async function startSoakChild(file: string, ...args: string[]): Promise<SoakChild> {
  const child = fork(join(import.meta.dirname, file), args, { execArgv: ['--expose-gc', '--import', 'tsx'] })
  const { ports } = (await nextOf(child)) as { ports: number[] }
  return {
    ports,
    get isRunning() {
      return child.exitCode === null && child.signalCode === null
    },
    async read() {
      const answer = nextOf(child)
      child.send('read')
      return ((await answer) as { reading: Reading }).reading
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

async function nextOf(child: ChildProcess): Promise<unknown> {
  const over = new AbortController()
  try {
    return await Promise.race([
      once(child, 'message', { signal: over.signal }).then(([message]: unknown[]) => message),
      once(child, 'exit', { signal: over.signal }).then(([code, signal]: unknown[]) => {
        throw new Error(`a process of the soak has ended with ${String(code ?? signal)}`)
      }),
    ])
  } finally {
    over.abort()
  }
}
