import { describe, expect, test } from 'vitest'
import { renderTable } from '../../../../src/client/render/table.js'

const HEADINGS = [
  'from → to',
  'sent',
  'errors',
  'expected',
  'delivered',
  'lost',
  'ratio',
  'latency ms p50',
  'p95',
  'note',
]
const ROWS = [
  ['host1 → host2', '100', '0', '100', '100', '0', '100 %', '12.5', '40.0', ''],
  [
    'host2 → a-host-with-a-longer-name',
    '98',
    '2',
    '98',
    '91',
    '7',
    '92.86 %',
    '-',
    '-',
    'its ledger broke off: no answer',
  ],
]
const longest = (text: string): number => Math.max(...text.split('\n').map(({ length }) => length))

describe('a table', () => {
  test('without a terminal is as wide as it is, numbers to the right', () => {
    expect(renderTable(HEADINGS, ROWS)).toMatchInlineSnapshot(`
      "from → to                          sent  errors  expected  delivered  lost    ratio  latency ms p50   p95  note
      ─────────────────────────────────  ────  ──────  ────────  ─────────  ────  ───────  ──────────────  ────  ───────────────────────────────
      host1 → host2                       100       0       100        100     0    100 %            12.5  40.0
      host2 → a-host-with-a-longer-name    98       2        98         91     7  92.86 %               -     -  its ledger broke off: no answer"
    `)
  })

  test('of 120 columns', () => {
    expect(renderTable(HEADINGS, ROWS, { width: 120 })).toMatchInlineSnapshot(`
      "host1 → host2
        sent 100  errors 0  expected 100  delivered 100  lost 0  ratio 100 %  latency ms p50 12.5  p95 40.0
      host2 → a-host-with-a-longer-name
        sent 98  errors 2  expected 98  delivered 91  lost 7  ratio 92.86 %  latency ms p50 -  p95 -
        note its ledger broke off: no answer"
    `)
  })

  test('of 80 columns', () => {
    expect(renderTable(HEADINGS, ROWS, { width: 80 })).toMatchInlineSnapshot(`
      "host1 → host2
        sent 100  errors 0  expected 100  delivered 100  lost 0  ratio 100 %
        latency ms p50 12.5  p95 40.0
      host2 → a-host-with-a-longer-name
        sent 98  errors 2  expected 98  delivered 91  lost 7  ratio 92.86 %
        latency ms p50 -  p95 -  note its ledger broke off: no answer"
    `)
  })

  test.each([20, 40, 80, 120, 200])('is never wider than %i columns', (width) => {
    const rows = [...ROWS, ['x'.repeat(300), 'a word or two '.repeat(30), 'y'.repeat(99)], ['']]
    expect(longest(renderTable(HEADINGS, rows, { width }))).toBeLessThanOrEqual(width)
  })

  test('has one line for a cell, whatever is in it', () => {
    expect(renderTable(['a'], [['b\nError: c\u001b[2J']])).toBe('a\n' + '─'.repeat(24) + '\nb\\u000aError: c\\u001b[2J')
  })
})
