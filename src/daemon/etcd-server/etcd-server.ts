import { pause } from '../../shared/clock.js'
import { makeDirectory } from '../../shared/make-directory.js'
import { messageOf, SnetError } from '../../shared/errors.js'
import { type BackoffTimes, Backoff } from '../../shared/retry.js'
import type { Log, PartHealth } from '../observability/index.js'
import { isHealthy, isTaken } from './ask-health.js'
import { argumentsOf, type EtcdServerConfig, ownUrl } from './config.js'
import { type Environment, type EtcdProcess, startEtcdProcess } from './etcd-process.js'
import { findProgram } from './find-program.js'
import { endLeftover } from './leftover.js'

export type { EtcdServerConfig } from './config.js'

/** A real etcd that this daemon has started: it comes back when it dies, and goes with the daemon. */
export interface EtcdServer extends AsyncDisposable {
  readonly url: string
  health(): Promise<PartHealth>
}

export interface EtcdServerDeps {
  readonly log: Log
  /** Ends the waiting for a start. */
  readonly signal: AbortSignal
  /** Variables of this process; the program is looked for on its PATH. */
  readonly env: Environment
  readonly pauses?: BackoffTimes
}

const PAUSES = { firstMs: 500, longestMs: 30_000 }
const LOOK_MS = 50

/**
 * Starts etcd and waits until it can agree with the other members. Errors: `not-found` without the program;
 * `invalid-config`; `unavailable` when its port is taken, it ends, or its time is over.
 */
export async function startEtcdServer(config: EtcdServerConfig, deps: EtcdServerDeps): Promise<EtcdServer> {
  const { log, env } = deps
  const program = findProgram(config.program, env['PATH'] ?? '')
  argumentsOf(config)
  await makeDirectory(config.dataDir)
  await endLeftover(config, { log })
  await refuseTakenPort(config)
  log.info('starting etcd', { program, id: config.id, data_dir: config.dataDir })
  const server = new SupervisedEtcd(program, config, deps, await startEtcdProcess(program, config, deps))
  try {
    await server.whenHealthy()
    server.supervise()
  } catch (fault) {
    await server[Symbol.asyncDispose]()
    throw fault
  }
  log.info('etcd is healthy', { url: server.url })
  return server
}

/** The answers of somebody else's etcd must not be taken for those of ours. */
async function refuseTakenPort(config: EtcdServerConfig): Promise<void> {
  const url = ownUrl(config)
  if (!(await isTaken(url))) return
  throw new SnetError(
    'unavailable',
    `payment_channel_storage_server: another program listens on ${new URL(url).host}`,
    {
      hint: 'Debian\'s package starts an etcd of its own: "sudo systemctl disable --now etcd" ends it. Or set client_port to a free port.',
    },
  )
}

class SupervisedEtcd implements EtcdServer {
  readonly url: string
  readonly #program: string
  readonly #config: EtcdServerConfig
  readonly #deps: EtcdServerDeps
  readonly #closing = new AbortController()
  readonly #backoff: Backoff
  #life: EtcdProcess
  #supervision: Promise<void> = Promise.resolve()

  constructor(program: string, config: EtcdServerConfig, deps: EtcdServerDeps, life: EtcdProcess) {
    this.url = ownUrl(config)
    this.#program = program
    this.#config = config
    this.#deps = deps
    this.#backoff = new Backoff(deps.pauses ?? PAUSES)
    this.#life = life
  }

  /** From now on whatever ends it is made good. */
  supervise(): void {
    this.#supervision = this.#restartAlways()
  }

  async whenHealthy(): Promise<void> {
    const { id, startupTimeoutMs, tls } = this.#config
    const { signal } = this.#deps
    const first = this.#life
    const end = performance.now() + startupTimeoutMs
    while (performance.now() < end) {
      signal.throwIfAborted()
      if (first.end !== undefined)
        throw new SnetError('unavailable', `etcd ${id} ended before it was ready (${first.end}): ${first.lastWords}`)
      if (await isHealthy(this.url, tls)) return this.#backoff.reset()
      await pause(LOOK_MS, signal)
    }
    signal.throwIfAborted()
    throw new SnetError('unavailable', `etcd server took too long to start: ${id}`, {
      hint: `It waits for more than half of the members of its cluster (${this.#config.cluster}); startup_timeout is ${startupTimeoutMs / 1000} s. Its last words: ${first.lastWords}.`,
    })
  }

  async health(): Promise<PartHealth> {
    if (this.#life.end !== undefined) return { ok: false, reason: 'etcd has ended and is started again' }
    const { tls } = this.#config
    const ok = await isHealthy(this.url, tls)
    return ok ? { ok } : { ok, reason: 'etcd is not healthy' }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#life.stop()
    await this.#supervision
  }

  async #restartAlways(): Promise<void> {
    const { log } = this.#deps
    const closing = this.#closing.signal
    for (;;) {
      const life = this.#life
      await life.ended
      if (closing.aborted) return
      const afterMs = this.#backoff.nextMs()
      log.error('etcd has ended; it is started again', { end: life.end, reason: life.lastWords, after_ms: afterMs })
      await pause(afterMs, closing)
      if (closing.aborted) return
      this.#life = await this.#restart(life)
      if (closing.aborted) return await this.#life.stop()
    }
  }

  /** The old life where a new one could not even begin: it is tried again after a longer pause. */
  async #restart(old: EtcdProcess): Promise<EtcdProcess> {
    try {
      const life = await startEtcdProcess(this.#program, this.#config, this.#deps)
      void this.#tellHealthy(life)
      return life
    } catch (fault) {
      this.#deps.log.error('etcd cannot be started', { reason: messageOf(fault) })
      return old
    }
  }

  /** Only a start that succeeded lets the next pause be short again. */
  async #tellHealthy(life: EtcdProcess): Promise<void> {
    const closing = this.#closing.signal
    while (life.end === undefined && !closing.aborted) {
      if (await isHealthy(this.url, this.#config.tls)) {
        this.#backoff.reset()
        this.#deps.log.info('etcd is healthy again', { url: this.url })
        return
      }
      await pause(LOOK_MS, closing)
    }
  }
}
