import type { Health, Log } from '../observability/index.js'
import { Notifier } from './notifier.js'

/** What the service manager that has started this process is told; nothing where there is none. */
export interface ServiceManager extends AsyncDisposable {
  /** Clients can connect. From now on it is told, in time, that the daemon is alive. */
  ready(status: string): void
  /** Whoever has asked it to have the settings read again waits until `work` is done. */
  reloading(work: () => Promise<void>): Promise<void>
  stopping(): void
}

export interface ServiceManagerDeps {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly health: Pick<Health, 'check'>
  readonly log: Log
}

/** Knows systemd by the variables that it starts a service of `Type=notify` with. */
export function openServiceManager({ env, health, log }: ServiceManagerDeps): ServiceManager {
  const socket = env['NOTIFY_SOCKET']
  if (!socket) return NOBODY
  const notifier = new Notifier(socket, { env, log })
  let timer: NodeJS.Timeout | undefined
  let isReady = false
  return {
    ready(status) {
      isReady = true
      void notifier.tell('READY=1', `STATUS=${status}`)
      const everyMs = watchdogPauseMs(env)
      if (everyMs === undefined) return
      timer = setInterval(() => void tellAlive(notifier, health, log), everyMs).unref()
    },
    async reloading(work) {
      // A start goes on until clients can connect, whatever is read again meanwhile.
      if (!isReady) return await work()
      void notifier.tell('RELOADING=1')
      await work()
      if (isReady) void notifier.tell('READY=1')
    },
    stopping() {
      isReady = false
      void notifier.tell('STOPPING=1', 'STATUS=calls in flight finish')
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await notifier.settled
    },
  }
}

const NOBODY: ServiceManager = {
  ready: () => undefined,
  reloading: (work) => work(),
  stopping: () => undefined,
  async [Symbol.asyncDispose]() {},
}

/** Twice within the time after which systemd takes a silent process for dead; undefined where it does not watch this one. */
function watchdogPauseMs(env: ServiceManagerDeps['env']): number | undefined {
  const limitMs = Number(env['WATCHDOG_USEC']) / 1_000
  const pid = env['WATCHDOG_PID']
  const isOurs = pid === undefined || Number(pid) === process.pid
  return isOurs && limitMs > 0 && limitMs < 2 ** 31 ? Math.max(1, limitMs / 2) : undefined
}

/**
 * A timer that fires shows that the process turns. What is away outside, as the service or the node, no restart brings back:
 * only what this process has lost for good makes it silent, and a health that is not told at all.
 */
async function tellAlive(notifier: Notifier, health: Pick<Health, 'check'>, log: Log): Promise<void> {
  if (notifier.isBusy) return
  const lost = (await health.check()).parts.find(({ needsRestart }) => needsRestart)
  if (lost)
    log.error('only a restart helps: systemd is left to end this daemon', { part: lost.part, reason: lost.reason })
  else await notifier.tell('WATCHDOG=1')
}
