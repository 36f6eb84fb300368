import { printableLine } from '../../shared/printable.js'
import type { TestView } from './views.js'

/** How far one host is with its tests. */
export interface Progress {
  readonly peer: string
  readonly tests: readonly TestView[]
  /** Messages per second in the last seconds; undefined while unknown. */
  readonly rate: number | undefined
  /** Why the host is silent. */
  readonly away: string | undefined
}

const BAR = 20
const WINDOW_MS = 5_000

/** Follows one host: keeps what it told last, and how fast it sent in the last seconds. */
export class ProgressMeter {
  readonly #peer: string
  readonly #samples: { readonly atMs: number; readonly sent: number }[] = []
  #tests: readonly TestView[] = []
  #away: string | undefined

  constructor(peer: string) {
    this.#peer = peer
  }

  update(tests: readonly TestView[], nowMs: number): void {
    const counted = tests.filter(({ state }) => state !== 'planned')
    this.#tests = counted.some(({ running }) => running) ? counted.filter(({ running }) => running) : counted
    this.#away = undefined
    const sent = sum(counted, ({ sent }) => sent)
    // A new run of the test counts from 0 again.
    if (sent < (this.#samples.at(-1)?.sent ?? 0)) this.#samples.length = 0
    this.#samples.push({ atMs: nowMs, sent })
    while (this.#samples.length > 2 && nowMs - (this.#samples[0]?.atMs ?? 0) > WINDOW_MS) this.#samples.shift()
  }

  goneAway(why: string): void {
    this.#away = why
  }

  read(): Progress {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)]
    const ms = (last?.atMs ?? 0) - (first?.atMs ?? 0)
    const rate = first && last && ms > 0 ? ((last.sent - first.sent) * 1_000) / ms : undefined
    return { peer: this.#peer, tests: this.#tests, rate, away: this.#away }
  }
}

/** One line for a host, never longer than the terminal is wide. */
export function progressLine({ peer, tests, rate, away }: Progress, { nameWidth, width }: LineWidths): string {
  const name = printableLine(peer).padEnd(nameWidth)
  const parts = tests.length === 0 ? ['nothing runs'] : [...barOf(tests), ...paceOf(tests, rate), ...troubleOf(tests)]
  const text = [name, ...(away === undefined ? parts : [...parts.slice(0, 2), `away: ${printableLine(away)}`])].join(
    '  ',
  )
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
}

export interface LineWidths {
  /** Length of the longest name. */
  readonly nameWidth: number
  readonly width: number
}

const sum = (tests: readonly TestView[], of: (test: TestView) => number): number =>
  tests.reduce((total, test) => total + of(test), 0)

/** The messages that are sent or given up, and so will not be sent again. */
const isDealtWith = ({ sent, send_errors, sent_unknown }: TestView): number => sent + send_errors + sent_unknown

function barOf(tests: readonly TestView[]): string[] {
  const [done, amount] = [sum(tests, isDealtWith), sum(tests, (test) => test.amount)]
  const share = amount === 0 ? 0 : Math.min(1, done / amount)
  const full = Math.floor(share * BAR)
  return [
    `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${String(Math.floor(share * 100)).padStart(3)} %`,
    `${String(done).padStart(String(amount).length)} of ${amount}`,
  ]
}

function paceOf(tests: readonly TestView[], rate: number | undefined): string[] {
  const states = [...new Set(tests.map(({ state, end }) => (end === null || end === 'completed' ? state : end)))]
  const since = tests.find(({ waiting_since }) => waiting_since !== null)?.waiting_since
  if (since) return [`waiting since ${since}`]
  if (!states.includes('running')) return [states.join(', ')]
  const left = sum(tests, ({ amount }) => amount) - sum(tests, isDealtWith)
  if (rate === undefined || rate <= 0) return ['-/s']
  return [`${rate.toFixed(1)}/s`, `${spanText(left / rate)} left`]
}

function troubleOf(tests: readonly TestView[]): string[] {
  const [errors, unknown] = [sum(tests, ({ send_errors: one }) => one), sum(tests, ({ sent_unknown: one }) => one)]
  const reason = tests.find(({ reason: one }) => one !== null)?.reason
  return [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? 'error' : 'errors'}`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    ...(reason ? [printableLine(reason)] : []),
  ]
}

/** A time as people say it. */
export function spanText(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`
}
