import { describe, expect, test } from 'vitest'
import type { StreamEvents } from '../../../../../src/daemon/infra/berty/connection.js'
import {
  EventLog,
  type EventList,
  READING,
  type ReadingConfig,
} from '../../../../../src/daemon/infra/berty/reading/event-log.js'
import type { Taken } from '../../../../../src/daemon/infra/berty/reading/reading-queue.js'
import { type Cid, cid } from '../../../../../src/daemon/infra/contract/keys.js'
import { quietLog } from '../../../../support/quiet-log.js'
import { takeTime } from '../../../../support/take-time.js'
import { until } from '../../../../support/until.js'

/** A list in the test's hand: its entries are four bytes, which are their ids. */
class ScriptedList implements EventList {
  readonly name = 'list'
  readonly opened: ('live' | 'history')[] = []
  readonly entries: number[] = []
  readonly known = new Set<Cid>()
  isHistoryHeld = false
  live: StreamEvents | undefined
  history: StreamEvents | undefined
  release: (() => void) | undefined
  pauses = 0

  idOf = (bytes: Buffer): Cid => idOf(bytes.readUInt32BE())
  whenReachable = (): Promise<void> => Promise.resolve()
  isKnown = (id: Cid): boolean => this.known.has(id)

  open(bounds: { since_now: true } | { until_now: true }, events: StreamEvents) {
    const isLive = 'since_now' in bounds
    this.opened.push(isLive ? 'live' : 'history')
    let isPaused = false
    let isCancelled = false
    if (isLive) this.live = events
    else {
      this.history = events
      this.release = () => deliver(0)
      if (!this.isHistoryHeld) queueMicrotask(this.release)
    }
    const deliver = (from: number): void => {
      for (let at = from; at < this.entries.length; at++) {
        if (isCancelled) return
        if (isPaused) {
          resumeAt = at
          return
        }
        events.onMessage(bytesOf(this.entries[at] ?? 0))
      }
      resumeAt = -1
      events.onEnd(undefined)
    }
    let resumeAt = -1
    return {
      cancel: () => {
        isCancelled = true
      },
      pause: () => {
        isPaused = true
        this.pauses++
      },
      resume: () => {
        isPaused = false
        if (resumeAt >= 0) queueMicrotask(() => deliver(resumeAt))
      },
    }
  }

  comeLive(...numbers: number[]): void {
    for (const number of numbers) this.live?.onMessage(bytesOf(number))
  }
}

const bytesOf = (number: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(number)
  return bytes
}
const idOf = (number: number): Cid => cid(Buffer.concat([Buffer.alloc(32, 1), bytesOf(number)]))

interface Reading extends AsyncDisposable {
  readonly costs: { count: number; events: number; ms: number }
  readonly list: ScriptedList
  readonly log: EventLog
  readonly lines: string[]
  /** What has been taken, as `n`, `n live`, `n live again` or `read`. */
  take(count: number): Promise<string[]>
}

function startReading(
  { isHistoryHeld = false, ...config }: Partial<ReadingConfig> & { isHistoryHeld?: boolean },
  entries: number[] = [],
  known: number[] = [],
): Reading {
  const list = new ScriptedList()
  list.isHistoryHeld = isHistoryHeld
  list.entries.push(...entries)
  for (const number of known) list.known.add(idOf(number))
  const lines: string[] = []
  const costs = { count: 0, events: 0, ms: 0 }
  const log = new EventLog(
    list,
    { ...READING, firstBackoffMs: 1, ...config },
    { log: quietLog(lines), now: () => 7, costs },
  )
  const stop = new AbortController()
  const running = log.run(stop.signal)
  return {
    list,
    log,
    lines,
    costs,
    async take(count) {
      const taken: string[] = []
      while (taken.length < count) taken.push(shown(await log.queue.take()))
      return taken
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
    },
  }
}

function shown(taken: Taken): string {
  if (taken === undefined) return 'end'
  if (taken === 'history-read') return 'read'
  return [String(taken.bytes.readUInt32BE()), taken.isLive && 'live', taken.isRepeat && 'again']
    .filter(Boolean)
    .join(' ')
}

describe('a list of events', () => {
  test('is not asked for while there is nobody to ask', async () => {
    await using reading = startReading({}, [1])
    await reading.take(2)
    let answer = (): void => undefined
    const answered = new Promise<void>((done) => (answer = done))
    reading.list.whenReachable = () => answered
    reading.list.live?.onEnd(new Error('Connection dropped'))
    await until('something is logged', () => reading.lines.length > 0)
    expect(reading.list.opened).toHaveLength(2)
    answer()
    expect(await reading.take(1)).toEqual(['read'])
  })

  test('is read anew when nothing more of it comes, and no end', async () => {
    await using reading = startReading({ isHistoryHeld: true, silenceMs: 20 }, [1, 2])
    await until('the list is read again', () => reading.list.opened.filter((bounds) => bounds === 'history').length > 1)
    expect(reading.lines[0]).toBe('list: to be read again: nothing came for 0.02 s')
    reading.list.isHistoryHeld = false
    expect(await reading.take(3)).toEqual(['1', '2', 'read'])
  })

  test('may be silent for any time while it is held back for its reader', async () => {
    await using reading = startReading({ silenceMs: 20, history: { entries: 2, bytes: 1_000 } }, [1, 2, 3])
    await until('the list is paused', () => reading.list.pauses > 0)
    await takeTime(60)
    expect(await reading.take(4)).toEqual(['1', '2', '3', 'read'])
    expect(reading.lines).toEqual([])
  })

  test('is opened from now on before the whole of it is read', async () => {
    await using reading = startReading({}, [3, 1, 2])
    expect(await reading.take(4)).toEqual(['3', '1', '2', 'read'])
    expect(reading.list.opened).toEqual(['live', 'history'])
  })

  test('does not wait for the live stream to show anything', async () => {
    await using reading = startReading({}, [1])
    expect(await reading.take(2)).toEqual(['1', 'read'])
    reading.list.comeLive(2)
    expect(await reading.take(1)).toEqual(['2 live'])
  })

  test('hands on once what comes live and stands in the list as well', async () => {
    await using reading = startReading({ isHistoryHeld: true }, [1, 2])
    await until('both lists are opened', () => reading.list.opened.length === 2)
    reading.list.comeLive(2)
    reading.list.release?.()
    expect(await reading.take(3)).toEqual(['2 live', '1', 'read'])
    reading.list.comeLive(1, 3)
    expect(await reading.take(1)).toEqual(['3 live'])
  })

  test('marks what comes twice within one stream, and only that', async () => {
    await using reading = startReading({}, [1])
    await reading.take(2)
    reading.list.comeLive(1, 1, 2, 2)
    expect(await reading.take(3)).toEqual(['1 live again', '2 live', '2 live again'])
    reading.list.live?.onEnd(undefined)
    await reading.take(1)
    reading.list.comeLive(2, 3)
    expect(await reading.take(1)).toEqual(['3 live'])
  })

  test('leaves out what somebody keeps already', async () => {
    await using reading = startReading({}, [1, 2, 3], [1, 3])
    expect(await reading.take(2)).toEqual(['2', 'read'])
    reading.list.comeLive(3, 4)
    expect(await reading.take(1)).toEqual(['4 live'])
  })

  test('is opened and read again when its stream ends, and only what is new is handed on', async () => {
    await using reading = startReading({}, [1])
    await reading.take(2)
    reading.list.entries.unshift(2)
    reading.list.live?.onEnd(new Error('Connection dropped'))
    expect(await reading.take(2)).toEqual(['2', 'read'])
    expect(reading.list.opened).toEqual(['live', 'history', 'live', 'history'])
  })

  test('is read again from its start when the list is cut off half-way', async () => {
    await using reading = startReading({ isHistoryHeld: true })
    await until('both lists are opened', () => reading.list.opened.length === 2)
    reading.list.history?.onMessage(bytesOf(1))
    reading.list.isHistoryHeld = false
    reading.list.entries.push(2, 1)
    reading.list.history?.onEnd(new Error('Connection dropped'))
    expect(await reading.take(3)).toEqual(['1', '2', 'read'])
  })

  test('is opened anew when the list holds what a silent stream never brought', async () => {
    await using reading = startReading({ graceMs: 5, historyEveryMs: 5 }, [1])
    await reading.take(2)
    reading.list.entries.unshift(2)
    expect(await reading.take(2)).toEqual(['2', 'read'])
    expect(reading.list.opened.filter((each) => each === 'live')).toHaveLength(2)
    expect(reading.lines.join()).toContain('went silent')
  })

  test('is read once at a start, and not again while its stream brings something', async () => {
    await using reading = startReading({ graceMs: 5, historyEveryMs: 1_500 }, [1])
    await reading.take(2)
    const end = performance.now() + 1_800
    for (let number = 2; performance.now() < end; number++) {
      reading.list.entries.unshift(number)
      reading.list.comeLive(number)
      expect(await reading.take(1)).toEqual([`${number} live`])
      await takeTime(10)
    }
    expect(reading.list.opened).toEqual(['live', 'history'])
    expect(reading.costs).toMatchObject({ count: 1, events: 1 })
    await until('the list is read again after a silence', () => reading.list.opened.length === 3)
  })

  test('stays open while its stream brings what the list holds', async () => {
    await using reading = startReading({ graceMs: 500, historyEveryMs: 5 }, [1])
    await reading.take(2)
    for (let number = 2; number < 5; number++) {
      const looks = reading.list.opened.length
      reading.list.entries.unshift(number)
      await until('the list is looked at again', () => reading.list.opened.length > looks)
      reading.list.comeLive(number)
      expect(await reading.take(1)).toEqual([`${number} live`])
    }
    expect(reading.list.opened.filter((each) => each === 'live')).toHaveLength(1)
  })

  test('is read again the later, the longer reading it takes', async () => {
    await using reading = startReading({ isHistoryHeld: true, historyEveryMs: 1 }, [1])
    await until('the list is read', () => reading.list.opened.length === 2)
    await takeTime(40)
    reading.list.isHistoryHeld = false
    reading.list.release?.()
    await reading.take(2)
    await takeTime(400)
    // Fifty times as long as it took, which was 40 ms and more.
    expect(reading.list.opened).toHaveLength(2)
    expect(reading.costs.ms).toBeGreaterThan(39)
  })

  test('holds history back while nobody takes it, and never a live stream', async () => {
    const entries = Array.from({ length: 100 }, (_, index) => index)
    await using reading = startReading({ history: { entries: 10, bytes: 1_000 } }, entries)
    await until('history is held back', () => reading.list.pauses > 0)
    reading.list.comeLive(1_000)
    const taken = await reading.take(102)
    expect(taken[0]).toBe('1000 live')
    expect(taken.slice(1)).toEqual([...entries.map(String), 'read'])
  })

  test('says so when live messages come faster than they are taken, and loses none', async () => {
    await using reading = startReading({ live: { entries: 5, bytes: 1_000 } })
    await reading.take(1)
    const numbers = Array.from({ length: 20 }, (_, index) => index)
    reading.list.entries.push(...numbers)
    reading.list.comeLive(...numbers)
    const taken = await reading.take(21)
    expect(taken.filter((each) => each.endsWith('live'))).toHaveLength(5)
    expect(
      taken
        .filter((each) => each !== 'read')
        .map((each) => Number.parseInt(each, 10))
        .sort(byNumber),
    ).toEqual(numbers)
    expect(reading.lines.join()).toContain('faster than they are taken')
  })

  test('remembers a bounded number of ids', async () => {
    await using reading = startReading({ rememberedIds: 3 })
    await reading.take(1)
    reading.list.comeLive(1, 2, 3, 4, 1)
    // Whoever keeps the messages would have known the first one: nobody does here.
    expect(await reading.take(5)).toEqual(['1 live', '2 live', '3 live', '4 live', '1 live'])
  })

  test('ends when its reader stops', async () => {
    const reading = startReading({}, [1])
    await reading.take(2)
    const last = reading.log.queue.take()
    await reading[Symbol.asyncDispose]()
    expect(await last).toBeUndefined()
  })
})

const byNumber = (one: number, other: number): number => one - other
