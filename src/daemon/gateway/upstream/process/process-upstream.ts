import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { childEnvironment } from '../../../../shared/child-environment.js'
import { messageOf, SnetError, toSnetError } from '../../../../shared/errors.js'
import { type Log, type PartHealth, warnSeldom } from '../../../observability/index.js'
import type { Call } from '../../call.js'
import { answerWith } from '../one-answer.js'
import type { Upstream } from '../upstream.js'
import { WholeRequests, type WholeRequestLimits } from '../whole-requests.js'
import { type Child, type Environment, startChild } from './child.js'
import { serveOnce, type Work } from './each-call.js'
import { processFailed } from './failed.js'
import { GroupGuard } from './group-guard.js'
import { Line } from './line.js'
import { Pool } from './pool.js'
import { StderrLog } from './stderr-log.js'

export interface ProcessConfig extends WholeRequestLimits {
  /** A path, or a name that is looked up on the PATH. */
  readonly executable: string
  readonly maxProcesses: number
  /** Calls that may wait for a process. */
  readonly maxWaiting: number
  /** Whether processes stay and answer in frames. */
  readonly isPool: boolean
}

export interface ProcessDeps {
  readonly log: Log
  readonly env: Environment
  /** What the service calls a method. */
  readonly nameOf: (method: string) => string
}

/** A service that is a program: a process answers each call (snet-behaviour 6.5). */
export const openProcessUpstream = (config: ProcessConfig, deps: ProcessDeps): Upstream =>
  new ProcessUpstream(config, deps)

class ProcessUpstream implements Upstream {
  readonly #config: ProcessConfig
  readonly #deps: ProcessDeps
  readonly #program: string
  readonly #env: Environment
  readonly #guard = new GroupGuard()
  readonly #requests: WholeRequests
  readonly #line: Line
  readonly #stderr: StderrLog
  readonly #pool: Pool
  readonly #starting = new Set<Promise<Child>>()
  readonly #children = new Set<Child>()
  readonly #warn: ReturnType<typeof warnSeldom>
  #isClosed = false

  constructor(config: ProcessConfig, deps: ProcessDeps) {
    this.#config = config
    this.#deps = deps
    this.#program = config.executable.includes('/') ? resolve(config.executable) : config.executable
    this.#env = childEnvironment(deps.env)
    this.#requests = new WholeRequests(config)
    this.#line = new Line({ places: config.maxProcesses, waiting: config.maxWaiting })
    this.#stderr = new StderrLog(deps.log)
    this.#pool = new Pool(() => this.#start([], { SNET_PROCESS_POOL: '1' }, {}), config.maxMessageBytes)
    this.#warn = warnSeldom(deps.log)
  }

  async forward(call: Call): Promise<void> {
    using request = await this.#requests.take(call, 'error receiving request; error: ')
    const leave = await this.#line.enter(call.cancelled)
    try {
      answerWith(call, await this.#serve(call, request.content, leave))
    } catch (fault) {
      const { kind, message } = toSnetError(fault)
      if (kind === 'upstream-failed') this.#warn('a call of the executable failed', { reason: message })
      throw fault
    }
  }

  async health(): Promise<PartHealth> {
    const { PATH = '' } = this.#env
    const places = this.#program.includes('/') ? [''] : PATH.split(delimiter)
    for (const place of places) if (await isProgram(join(place, this.#program))) return { ok: true }
    return { ok: false, reason: 'executable_path names no program that can be started' }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled(this.#starting)
    for (const child of this.#children) child.stop()
    await Promise.all([...this.#children].map(({ gone }) => gone))
    this.#guard[Symbol.dispose]()
  }

  /** @param onOver is called when the process is free again, or gone, which may be long after the call is over */
  async #serve(call: Call, request: Buffer, onOver: () => void): Promise<readonly Buffer[]> {
    const { answer, over } = await this.#begin(call, request, onOver)
    void over.then(onOver)
    return await answer
  }

  async #begin(call: Call, request: Buffer, onOver: () => void): Promise<Work> {
    try {
      const method = this.#deps.nameOf(call.method)
      if (this.#config.isPool) return await this.#pool.serve(method, request, call)
      const child = await this.#start([method], { SNET_METHOD: call.method }, { method: call.method })
      return serveOnce(child, request, call, this.#config.maxMessageBytes)
    } catch (fault) {
      onOver()
      throw fault instanceof SnetError ? fault : processFailed(`it cannot be started: ${messageOf(fault)}`, '')
    }
  }

  async #start(args: readonly string[], more: Environment, fields: Readonly<Record<string, unknown>>): Promise<Child> {
    if (this.#isClosed) throw new SnetError('unavailable', 'the daemon is stopping')
    const starting = startChild(this.#program, args, {
      env: { ...this.#env, ...more },
      guard: this.#guard,
      onStderr: (stderr) => this.#stderr.follow(stderr, fields),
    })
    this.#starting.add(starting)
    try {
      const child = await starting
      this.#children.add(child)
      void child.gone.then(() => this.#children.delete(child))
      return child
    } finally {
      this.#starting.delete(starting)
    }
  }
}

const isProgram = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
