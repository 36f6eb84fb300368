import { describe, expect, test } from 'vitest'
import { checkHistory, type Event, type History, type Outcome } from '../../../support/etcd-faults/check-history.js'

const CHANNEL = 7n

/** A payment of `amount` between two times. */
const paid = (amount: number, start: number, end: number, outcome: Outcome = 'ok', channel = CHANNEL): Event => ({
  ...{ kind: 'payment', channel, start, end, amount: BigInt(amount), outcome },
})
const read = (amount: number, start: number, end: number): Event => ({
  ...{ kind: 'reading', channel: CHANNEL, start, end, amount: BigInt(amount) },
})

const faultsOf = (events: readonly Event[], healed: History['healed'] = []): string[] =>
  checkHistory({ price: 10n, events, healed, usableWithinMs: 100 })

describe('a good history', () => {
  test.each<[name: string, events: Event[]]>([
    ['of payments one after the other', [paid(10, 0, 1), paid(20, 2, 3), read(20, 4, 5)]],
    ['with a payment that was refused and sent again', [paid(10, 0, 1, 'refused'), paid(10, 2, 3), read(10, 4, 5)]],
    ['with an unknown outcome that was kept', [paid(10, 0, 1, 'unknown'), read(10, 2, 3), paid(20, 4, 5)]],
    ['with an unknown outcome that was not', [paid(10, 0, 1, 'unknown'), read(0, 2, 3), paid(10, 4, 5)]],
    ['with an unknown outcome that was kept late', [paid(10, 0, 1, 'unknown'), read(0, 2, 3), read(10, 4, 5)]],
    ['of payments at once, of which one was accepted', [paid(10, 0, 5), paid(10, 0, 5, 'refused'), read(10, 6, 7)]],
    ['read while it was paid', [paid(10, 0, 5), read(0, 1, 9), read(10, 1, 9)]],
    ['of two channels', [paid(10, 0, 1), paid(10, 0, 1, 'ok', 8n)]],
  ])('%s is accepted', (_name, events) => {
    expect(faultsOf(events)).toEqual([])
  })
})

describe('a bad history', () => {
  test.each<[name: string, events: Event[], fault: string]>([
    ['one amount sold twice', [paid(10, 0, 5), paid(10, 1, 6)], '10 was sold 2 times'],
    ['one amount sold again later', [paid(10, 0, 1), paid(10, 2, 3)], '10 was sold 2 times'],
    [
      'a payment that is gone',
      [paid(10, 0, 1), paid(20, 2, 3), read(10, 4, 5)],
      '20 was accepted and is lost: 10 was read later',
    ],
    ['all payments gone', [paid(10, 0, 1), read(0, 2, 3)], '10 was accepted and is lost: 0 was read later'],
    ['an amount that skips one', [paid(10, 0, 1), paid(30, 2, 3)], '30 was accepted although 20 never was'],
    [
      'an amount on one that was refused',
      [paid(10, 0, 1, 'refused'), paid(20, 2, 3)],
      '20 was accepted although 10 never was',
    ],
    ['an amount on one that was paid later', [paid(20, 0, 1), paid(10, 2, 3)], '20 was accepted although 10 never was'],
    ['amounts that fall', [paid(10, 0, 1, 'unknown'), paid(20, 2, 3), paid(10, 4, 5)], '10 was accepted after 20'],
    ['readings that fall', [paid(10, 0, 1, 'unknown'), read(10, 2, 3), read(0, 4, 5)], '0 was read after 10'],
    ['money from nowhere', [read(10, 0, 1)], '10 was read and never paid'],
    ['a refused payment that was kept', [paid(10, 0, 1, 'refused'), read(10, 2, 3)], '10 was read and never paid'],
    [
      'a payment that was kept before it was made',
      [read(10, 0, 1), paid(10, 2, 3, 'unknown')],
      '10 was read and never paid',
    ],
  ])('%s is refused', (_name, events, fault) => {
    expect(faultsOf(events)).toContain(`channel 7: ${fault}`)
  })

  test('a channel that sells nothing in time after a repair is refused', () => {
    const events = [paid(10, 0, 1), paid(20, 500, 700)]
    expect(faultsOf(events, [{ at: 550, until: 1_000 }])).toEqual([
      'channel 7: nothing was accepted within 100 ms after 550',
    ])
    expect(faultsOf(events, [{ at: 650, until: 1_000 }])).toEqual([])
  })

  test('a channel that was disturbed again before its time was over is not judged', () => {
    expect(faultsOf([paid(10, 0, 1)], [{ at: 550, until: 600 }])).toEqual([])
  })
})
