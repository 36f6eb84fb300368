import { linkAbort } from '../../shared/abort.js'
import { Cancellation, unlessAborted } from '../../shared/cancellation.js'
import { pause } from '../../shared/clock.js'

/** Whether one part of the daemon can do its work. */
export interface PartHealth {
  readonly ok: boolean
  /** Why not, or what to see to before it is too late, in words for everybody: without addresses, paths or keys. */
  readonly reason?: string
  /** Nothing but a new process makes it well again. */
  readonly needsRestart?: boolean
}

export interface HealthReport {
  /** True when every part can do its work. */
  readonly ready: boolean
  readonly parts: readonly (PartHealth & { readonly part: string })[]
}

/** What the parts of the daemon say of themselves, asked at most once in a while however often anybody wants to know. */
export interface Health {
  /** @param read must settle soon; a failure counts as not ok */
  watch(part: string, read: () => PartHealth | Promise<PartHealth>): void
  check(): Promise<HealthReport>
  /**
   * One reading after the other as they become old, until the end or `signal`. That the daemon leaves is told at once, and
   * is the last that those are told who go on to listen.
   */
  readings(signal: AbortSignal): AsyncIterable<HealthReport>
  /** From now on the answer is that the daemon is stopping, whatever a part is still asked for; calls are still taken. */
  leave(): void
  /** Leaves, and ends all readings. */
  stop(): void
}

const FRESH_MS = 1_000
const READ_TIMEOUT_MS = 3_000

const STOPPING: HealthReport = { ready: false, parts: [{ part: 'gate', ok: false, reason: 'stopping' }] }

export function createHealth(now: () => number = () => performance.now()): Health {
  const parts = new Map<string, () => PartHealth | Promise<PartHealth>>()
  const [leaving, stop] = [new Cancellation(), new Cancellation()]
  let latest: { readonly at: number; readonly report: Promise<HealthReport> } | undefined
  const readAll = async (): Promise<HealthReport> => {
    const found = await Promise.all([...parts].map(async ([part, read]) => ({ part, ...(await inTime(read)) })))
    return { ready: found.every(({ ok }) => ok), parts: found }
  }
  const check = (): Promise<HealthReport> => {
    if (leaving.aborted) return Promise.resolve(STOPPING)
    if (!latest || now() - latest.at > FRESH_MS) latest = { at: now(), report: readAll() }
    return unlessAborted(latest.report, leaving).catch(() => STOPPING)
  }
  const leave = (): void => leaving.abort(new Error('stopping'))
  return {
    watch(part, read) {
      parts.set(part, read)
      latest = undefined
    },
    check,
    async *readings(signal) {
      while (!signal.aborted) {
        const report = await check()
        yield report
        if (report === STOPPING) return await wait(Infinity, stop, signal)
        await wait(FRESH_MS + 1, leaving, signal)
      }
    },
    leave,
    stop() {
      leave()
      stop.abort(new Error('stopping'))
    },
  }
}

/** Resolves after the time, when nobody wants another reading, or when it is over. */
async function wait(ms: number, over: Cancellation, signal: AbortSignal): Promise<void> {
  const wake = new AbortController()
  using _waking = linkAbort(wake, over.signal, signal)
  await pause(ms, wake.signal)
}

async function inTime(read: () => PartHealth | Promise<PartHealth>): Promise<PartHealth> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<PartHealth>((done) => {
    timer = setTimeout(() => done({ ok: false, reason: 'no answer in time' }), READ_TIMEOUT_MS)
  })
  try {
    return await Promise.race([read(), late])
  } catch {
    return { ok: false, reason: 'its state cannot be read' }
  } finally {
    clearTimeout(timer)
  }
}
