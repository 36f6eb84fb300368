import { onAbort } from '../../shared/abort.js'
import { Cancellation, unlessAborted } from '../../shared/cancellation.js'

/** Whether one part of the daemon can do its work. */
export interface PartHealth {
  readonly ok: boolean
  /** Why not, or what to see to before it is too late, in words for everybody: without addresses, paths or keys. */
  readonly reason?: string
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
  /** One reading after the other as they become old, until the stop, which is told at once and is the last, or `signal`. */
  readings(signal: AbortSignal): AsyncIterable<HealthReport>
  /** From now on the answer is that the daemon is stopping, whatever a part is still asked for. */
  stop(): void
}

const FRESH_MS = 1_000
const READ_TIMEOUT_MS = 3_000

const STOPPING: HealthReport = { ready: false, parts: [{ part: 'gate', ok: false, reason: 'stopping' }] }

export function createHealth(now: () => number = () => performance.now()): Health {
  const parts = new Map<string, () => PartHealth | Promise<PartHealth>>()
  const stop = new Cancellation()
  let latest: { readonly at: number; readonly report: Promise<HealthReport> } | undefined
  const readAll = async (): Promise<HealthReport> => {
    const found = await Promise.all([...parts].map(async ([part, read]) => ({ part, ...(await inTime(read)) })))
    return { ready: found.every(({ ok }) => ok), parts: found }
  }
  const check = (): Promise<HealthReport> => {
    if (stop.aborted) return Promise.resolve(STOPPING)
    if (!latest || now() - latest.at > FRESH_MS) latest = { at: now(), report: readAll() }
    return unlessAborted(latest.report, stop).catch(() => STOPPING)
  }
  return {
    watch(part, read) {
      parts.set(part, read)
      latest = undefined
    },
    check,
    async *readings(signal) {
      while (!signal.aborted) {
        yield await check()
        if (stop.aborted) return
        await untilOld(stop, signal)
      }
    },
    stop: () => stop.abort(new Error('stopping')),
  }
}

/** Resolves when a reading is old, or nobody wants another. */
function untilOld(stop: Cancellation, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((done) => {
    const finish = (): void => {
      clearTimeout(timer)
      forget()
      listening[Symbol.dispose]()
      done()
    }
    const timer = setTimeout(finish, FRESH_MS + 1).unref()
    const listening = onAbort(signal, finish)
    const forget = stop.onAbort(finish)
  })
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
