import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onAbort } from '../../shared/abort.js'
import { childEnvironment } from '../../shared/child-environment.js'
import { packageRoot } from '../../shared/package.js'
import type { Identity, LogEvent } from './event.js'
import type { FromModule, ToModule } from './module-messages.js'
import { Later, Refusal, type Sender } from './sender.js'

export interface ModuleConfig {
  readonly kind: 'module'
  readonly module: string
  readonly directory: string
  readonly options: Readonly<Record<string, unknown>>
}

const MAX_EVENTS = 50

/** The built program, or its sources in tests and in bin/dev.mjs. */
const ENTRY = new URL(import.meta.url).pathname.endsWith('.ts')
  ? ['--import', 'tsx', fileURLToPath(new URL('module-process.ts', import.meta.url))]
  : [join(packageRoot, 'dist/daemon/log-hooks/module-process.js')]

type Environment = Readonly<Record<string, string | undefined>>

/**
 * A module of somebody else, in a process of its own: whatever it does there, calls are served, stdout stays ours, and no
 * secret of the daemon is in reach. One that does not answer in time is ended, and started anew for the next line.
 */
export function createModuleHook(config: ModuleConfig, identity: Identity, env: Environment): Sender {
  let running: ModuleProcess | undefined
  const end = (): void => {
    running?.kill()
    running = undefined
  }
  return {
    async send(events, { skipped, signal }) {
      const told = events.slice(0, MAX_EVENTS)
      using _ending = onAbort(signal, end)
      if (running?.isGone !== false) running = new ModuleProcess(config, identity, env)
      await running.send(told, skipped)
      return told.length
    },
    close: async () => end(),
  }
}

class ModuleProcess {
  readonly #child: ChildProcess
  readonly #asked = new Map<number, { done: () => void; fail: (fault: Error) => void }>()
  readonly #opened: Promise<void>
  #id = 0
  isGone = false

  constructor({ module, directory, options }: ModuleConfig, identity: Identity, env: Environment) {
    this.#child = spawn(process.execPath, ENTRY, {
      cwd: packageRoot,
      env: childEnvironment(env),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    this.#child.on('error', (fault) => this.#gone(fault))
    this.#child.once('exit', (code, signal) => this.#gone(new Error(`its process ended (${signal ?? code})`)))
    this.#child.on('message', (answer: FromModule) => this.#answered(answer))
    this.#opened = this.#ask(0, { open: { module, directory, options, identity } })
    // Whoever sends hears of it.
    this.#opened.catch(() => undefined)
  }

  async send(events: readonly LogEvent[], skipped: number): Promise<void> {
    try {
      await this.#opened
    } catch (fault) {
      // The next attempt loads it again: somebody may have set it right.
      this.kill()
      throw fault
    }
    const id = ++this.#id
    await this.#ask(id, { id, events, skipped })
  }

  kill(): void {
    this.#child.kill('SIGKILL')
    this.#gone(new Error('its process was ended'))
  }

  #ask(id: number, message: ToModule): Promise<void> {
    return new Promise((done, fail) => {
      if (this.isGone) return fail(new Error('its process is gone'))
      this.#asked.set(id, { done, fail })
      this.#child.send(message, (fault) => fault && fail(fault))
    })
  }

  #answered({ id, fault }: FromModule): void {
    const asked = this.#asked.get(id)
    this.#asked.delete(id)
    if (!fault) return asked?.done()
    const { message, isFinal, afterMs } = fault
    if (isFinal) asked?.fail(new Refusal(message))
    else asked?.fail(afterMs === undefined ? new Error(message) : new Later(message, afterMs))
  }

  #gone(fault: Error): void {
    this.isGone = true
    for (const { fail } of this.#asked.values()) fail(fault)
    this.#asked.clear()
  }
}
