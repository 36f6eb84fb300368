import type { Random, Range } from './random.js'

/** How long a real Berty takes for things (berty 3.7, "Under load"), in milliseconds that `scale` multiplies. */
export interface LoadSettings {
  scale: number
  /** For each event, sent or received. */
  eventMs: Range
  /** For a send, once it has its turn. */
  sendMs: Range
  /** The share of sends that take `slowSendMs` instead. */
  slowSends: number
  slowSendMs: Range
  /** From the opening of a list to its first entry, and for each of its entries. */
  listFirstMs: Range
  listEntryMs: Range
  /** Added before the first entry of a list of members: mostly little, sometimes a lot. */
  membersMs: Range
  /** From the start of a process with a store until its port answers: a fixed time, and one for each event stored. */
  startMs: Range
  startEventMs: Range
  /** For so long after such a start, an entry of a list takes `coldListFactor` times as long. */
  coldMs: number
  coldListFactor: number
  /** The share of acknowledgements that take `lateAckMs` longer. */
  lateAcks: number
  lateAckMs: Range
  /** Whether a long backlog of events is worked off out of order. Sends that overlap always are. */
  scrambles: boolean
}

export const defaultLoad = (): LoadSettings => ({
  scale: scaleOf(process.env['BERTY_LOAD_SCALE']),
  eventMs: [9, 17],
  sendMs: [8, 16],
  slowSends: 0.02,
  slowSendMs: [200, 3_000],
  listFirstMs: [30, 60],
  listEntryMs: [0.5, 0.9],
  membersMs: [20, 2_000],
  startMs: [300, 800],
  startEventMs: [9, 11],
  coldMs: 120_000,
  coldListFactor: 10,
  lateAcks: 0.05,
  lateAckMs: [2_000, 20_000],
  scrambles: true,
})

const DEFAULT_SCALE = 1 / 20

/** Reads a number, or a fraction such as 1/20. */
export function scaleOf(written: string | undefined): number {
  if (written === undefined || written === '') return DEFAULT_SCALE
  const [over = '', under = '1'] = written.split('/')
  const scale = Number(over) / Number(under)
  if (Number.isFinite(scale) && scale > 0) return scale
  throw new Error(`BERTY_LOAD_SCALE is no number above 0, such as 1/20: "${written}"`)
}

/** Something to do when its turn comes; `drop` is called instead if the process ends first. */
interface Work {
  readonly act: () => void
  readonly drop?: () => void
}

interface LaneDeps {
  readonly random: Random
  /** Acts after a time: later if the process hangs by then, never if it has ended. */
  later(range: Range, act: () => void): void
  /** From how many at the head of the queue the next one is drawn. */
  choice(waiting: number): number
}

/** Does one thing after another, each in its time; work that comes faster has to wait. */
class Lane {
  readonly #deps: LaneDeps
  readonly #waiting: Work[] = []
  /** When each turn is over, in order: one for each that waits. */
  readonly #turns: number[] = []
  #freeAt = 0
  #isArmed = false

  constructor(deps: LaneDeps) {
    this.#deps = deps
  }

  get length(): number {
    return this.#waiting.length
  }

  /** Delays everything that follows: the process is busy with something else. */
  delay(ms: number): void {
    this.#freeAt = Math.max(this.#freeAt, performance.now()) + ms
  }

  add(ms: number, work: Work): void {
    this.delay(ms)
    this.#waiting.push(work)
    this.#turns.push(this.#freeAt)
    this.#arm()
  }

  /** Drops everything that waits. */
  drop(): void {
    this.#turns.length = 0
    for (const { drop } of this.#waiting.splice(0)) drop?.()
  }

  #arm(): void {
    const [next] = this.#turns
    if (this.#isArmed || next === undefined) return
    this.#isArmed = true
    const ms = Math.max(0, next - performance.now())
    this.#deps.later([ms, ms], () => this.#work())
  }

  #work(): void {
    this.#isArmed = false
    for (let next = this.#turns[0]; next !== undefined && next <= performance.now() + 0.5; next = this.#turns[0]) {
      this.#turns.shift()
      this.#take()?.act()
    }
    this.#arm()
  }

  #take(): Work | undefined {
    const choice = Math.min(this.#waiting.length, this.#deps.choice(this.#waiting.length))
    return this.#waiting.splice(Math.floor(this.#deps.random.next() * choice), 1)[0]
  }
}

/** A shorter backlog keeps its order. */
const LONG_BACKLOG = 30

interface LoadDeps {
  readonly random: Random
  readonly settings: LoadSettings
  /** How many times slower than head its generation is. */
  readonly slowness: number
  /** Whether its process was started with the store of a former one. */
  readonly isRestart: boolean
  later(range: Range, act: () => void): void
}

/** The work of one process of a Berty. */
export class Load {
  /** Events that have arrived and acknowledgements that are to be sent. */
  readonly events: Lane
  readonly #sends: Lane
  readonly #deps: LoadDeps
  readonly #startedAt = performance.now()

  constructor(deps: LoadDeps) {
    this.#deps = deps
    const { random, settings } = deps
    const later: LoadDeps['later'] = (range, act) => deps.later(range, act)
    const choice = (waiting: number): number => (settings.scrambles && waiting >= LONG_BACKLOG ? LONG_BACKLOG : 1)
    this.events = new Lane({ random, later, choice })
    this.#sends = new Lane({ random, later, choice: (waiting) => waiting })
  }

  #scale(range: Range): number {
    return this.#deps.random.between(range) * this.#deps.settings.scale * this.#deps.slowness
  }

  /** Queues the work for one event. */
  event(work: Work): void {
    this.events.add(this.#scale(this.#deps.settings.eventMs), work)
  }

  /** Resolves when a send has had its turn, never if the process ends first. A send also costs the work of an event. */
  turn(): Promise<void> {
    const { sendMs, slowSends, slowSendMs, eventMs } = this.#deps.settings
    const ms = this.#scale(this.#deps.random.chance(slowSends) ? slowSendMs : sendMs)
    this.events.delay(this.#scale(eventMs))
    return new Promise((act) => this.#sends.add(ms, { act }))
  }

  /** The time by which one acknowledgement is late. */
  ackMs(): number {
    const { lateAcks, lateAckMs } = this.#deps.settings
    return this.#deps.random.chance(lateAcks) ? this.#scale(lateAckMs) : 0
  }

  firstEntryMs(list: 'messages' | 'metadata'): number {
    const { random, settings } = this.#deps
    const first = this.#scale(settings.listFirstMs)
    if (list === 'messages') return first
    const [least, most] = settings.membersMs
    return first + least * (most / least) ** random.next() * settings.scale
  }

  /** The time for one entry of a list, which also delays the events of the process. */
  entryMs(): number {
    const { settings, isRestart } = this.#deps
    const isCold = isRestart && performance.now() - this.#startedAt < settings.coldMs * settings.scale
    const ms = this.#scale(settings.listEntryMs) * (isCold ? settings.coldListFactor : 1)
    this.events.delay(ms)
    return ms
  }

  drop(): void {
    this.events.drop()
    this.#sends.drop()
  }
}

/** The time from the start of a process until its port answers. */
export const startMs = (
  { scale, startMs: first, startEventMs }: LoadSettings,
  { random, slowness, events }: { random: Random; slowness: number; events: number },
): number => (random.between(first) + events * random.between(startEventMs)) * scale * slowness
