import { describe, expect, test } from 'vitest'
import { nameAt, sourceOfNames, unknownPlaceholder } from '../../../src/shared/date-pattern.js'
import { compileGoLayout } from '../../../src/shared/go-layout.js'
import { openTimeZone } from '../../../src/shared/time-zone.js'

const at = Date.UTC(2026, 6, 4, 15, 7, 9, 120)

describe('a layout of Go', () => {
  const layouts: [layout: string, zone: string, shown: string][] = [
    ['2006-01-02T15:04:05.999Z07:00', 'UTC', '2026-07-04T15:07:09.12Z'],
    ['2006-01-02T15:04:05.000Z07:00', 'UTC', '2026-07-04T15:07:09.120Z'],
    ['2006-01-02T15:04:05.999Z07:00', 'Europe/Berlin', '2026-07-04T17:07:09.12+02:00'],
    ['2006-01-02T15:04:05Z07:00', 'America/St_Johns', '2026-07-04T12:37:09-02:30'],
    ['Mon Jan _2 15:04:05 2006', 'UTC', 'Sat Jul  4 15:07:09 2026'],
    ['Monday, 02-Jan-06 15:04:05 MST', 'UTC', 'Saturday, 04-Jul-26 15:07:09 UTC'],
    ['3:04PM 1/2/06 -0700', 'Asia/Kolkata', '8:37PM 7/4/26 +0530'],
    ['002 03 pm ,000000 -07 Z0700', 'UTC', '185 03 pm ,120000 +00 Z'],
    ['January 5 4 at .05', 'UTC', 'July 9 7 at .09'],
    ['no time at all', 'UTC', 'no time at all'],
  ]
  test.each(layouts)('%s in %s', (layout, zone, shown) => {
    expect(compileGoLayout(layout, openTimeZone(zone))(at)).toBe(shown)
  })

  test('drops the fraction of a whole second where nines stand for it', () => {
    expect(compileGoLayout('05.999', openTimeZone('UTC'))(at - 120)).toBe('09')
  })
})

test('a zone changes its offset at the second when its clocks do', () => {
  const change = Date.UTC(2026, 9, 25, 1)
  const hour = compileGoLayout('15:04 -07:00', openTimeZone('Europe/Berlin'))
  expect([hour(change - 1), hour(change)]).toEqual(['02:59 +02:00', '02:00 +01:00'])
})

test('nobody knows a zone of another name', () => {
  expect(() => openTimeZone('Mars/Olympus')).toThrow(RangeError)
})

describe('a pattern for names of files', () => {
  test('has the date of its zone, and knows its own names', () => {
    const late = Date.UTC(2026, 0, 31, 23, 30)
    const pattern = './a+b.%Y%m%d-%H%M%S.log'
    const name = nameAt(pattern, late, openTimeZone('Europe/Berlin'))
    expect(name).toBe('./a+b.20260201-003000.log')
    const names = new RegExp(`^${sourceOfNames(pattern)}$`)
    expect([name, './a+b.2026.log', './axb.20260201-003000.log'].map((one) => names.test(one))).toEqual([
      true,
      false,
      false,
    ])
  })

  test.each([
    ['%Y%j', '%j'],
    ['100%', '%'],
    ['%Y-%m-%d_%H:%M:%S', undefined],
  ])('%s has as unknown placeholder %s', (pattern, unknown) => {
    expect(unknownPlaceholder(pattern)).toBe(unknown)
  })
})
