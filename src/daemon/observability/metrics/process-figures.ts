import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Metrics, Sample } from './metrics.js'

/** How often the event loop is asked to be on time, and how long what it answered is kept. */
const RESOLUTION_MS = 20
const WINDOW_MS = 15_000
const QUANTILES = [50, 99, 100] as const

/** What is to be known of any process of Node. What is returned ends the measuring. */
export function measureProcess(metrics: Metrics): Disposable {
  const started = Date.now() / 1000 - process.uptime()
  metrics.gauge({ name: 'process_start_time_seconds', help: 'When the process began, since 1970.' }, () => [[started]])
  metrics.gauge({ name: 'process_resident_memory_bytes', help: 'Memory of the process.' }, () => [
    [process.memoryUsage.rss()],
  ])
  metrics.gauge({ name: 'nodejs_heap_used_bytes', help: 'Memory of objects.' }, () => [
    [process.memoryUsage().heapUsed],
  ])
  metrics.total({ name: 'process_cpu_seconds_total', help: 'Time of processors, in and for the process.' }, () => {
    const { user, system } = process.cpuUsage()
    return [[(user + system) / 1e6]]
  })
  const lag = new EventLoopLag()
  metrics.gauge(
    {
      name: 'snetd_event_loop_lag_seconds',
      help: 'How late the event loop was, of the last 15 to 30 seconds.',
      labels: ['quantile'],
    },
    () => lag.read(),
  )
  return lag
}

/** Windows of a fixed length, and not since the last reading: several readers must not take figures from each other. */
class EventLoopLag implements Disposable {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  readonly #timer: NodeJS.Timeout
  #past: readonly number[] = []

  constructor() {
    this.#delay.enable()
    this.#timer = setInterval(() => {
      this.#past = this.#now()
      this.#delay.reset()
    }, WINDOW_MS).unref()
  }

  read(): readonly Sample[] {
    const now = this.#now()
    return QUANTILES.map((percent, at) => [Math.max(now[at] ?? 0, this.#past[at] ?? 0), String(percent / 100)])
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
    this.#delay.disable()
  }

  /** The time between two turns of its timer is what it measures: what is beyond the resolution is delay. */
  #now(): number[] {
    if (this.#delay.count === 0) return QUANTILES.map(() => 0)
    return QUANTILES.map((percent) => Math.max(0, this.#delay.percentile(percent) / 1e9 - RESOLUTION_MS / 1000))
  }
}
