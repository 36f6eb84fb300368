import { describe, expect, test } from 'vitest'
import { renderTable } from '../../../../src/client/render/table.js'

const HEADINGS = ['from → to', 'sent', 'errors', 'expected', 'delivered', 'lost', 'ratio', 'p50 ms', 'p95 ms', 'note']
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
      "from → to                          sent  errors  expected  delivered  lost    ratio  p50 ms  p95 ms  note
      ─────────────────────────────────  ────  ──────  ────────  ─────────  ────  ───────  ──────  ──────  ───────────────────────────────
      host1 → host2                       100       0       100        100     0    100 %    12.5    40.0
      host2 → a-host-with-a-longer-name    98       2        98         91     7  92.86 %       -       -  its ledger broke off: no answer"
    `)
  })

  test('of 120 columns', () => {
    expect(renderTable(HEADINGS, ROWS, { width: 120 })).toMatchInlineSnapshot(`
      "from → to                          sent  errors  expected  delivered  lost    ratio  p50 ms  p95 ms
      ─────────────────────────────────  ────  ──────  ────────  ─────────  ────  ───────  ──────  ──────
      host1 → host2                       100       0       100        100     0    100 %    12.5    40.0
      host2 → a-host-with-a-longer-name    98       2        98         91     7  92.86 %       -       -
        note its ledger broke off: no answer"
    `)
  })

  test('of 80 columns', () => {
    expect(renderTable(HEADINGS, ROWS, { width: 80 })).toMatchInlineSnapshot(`
      "from → to                          sent  errors  expected  delivered  lost
      ─────────────────────────────────  ────  ──────  ────────  ─────────  ────
      host1 → host2                       100       0       100        100     0
        ratio 100 %  p50 ms 12.5  p95 ms 40.0
      host2 → a-host-with-a-longer-name    98       2        98         91     7
        ratio 92.86 %  note its ledger broke off: no answer"
    `)
  })

  test('keeps the columns that matter most, and tells under a row what they leave out', () => {
    const dropped = ['note', 'errors', 'expected', 'p95 ms', 'sent']
    expect(renderTable(HEADINGS, ROWS, { width: 80, dropped })).toMatchInlineSnapshot(`
      "from → to                          sent  delivered  lost    ratio  p50 ms
      ─────────────────────────────────  ────  ─────────  ────  ───────  ──────
      host1 → host2                       100        100     0    100 %    12.5
        expected 100  p95 ms 40.0
      host2 → a-host-with-a-longer-name    98         91     7  92.86 %       -
        errors 2  expected 98  note its ledger broke off: no answer"
    `)
  })

  test.each([20, 40, 80, 120, 200])('is never wider than %i columns', (width) => {
    const rows = [...ROWS, ['x'.repeat(300), 'a word or two '.repeat(30), 'y'.repeat(99)], ['']]
    expect(longest(renderTable(HEADINGS, rows, { width }))).toBeLessThanOrEqual(width)
  })

  test('of one column that has no room is no table', () => {
    expect(renderTable(['name', 'size'], [['a', '7']], { width: 9 })).toBe('a\n  size 7')
  })

  test('has one line for a cell, whatever is in it', () => {
    expect(renderTable(['a'], [['b\nError: c\u001b[2J']])).toBe('a\n' + '─'.repeat(24) + '\nb\\u000aError: c\\u001b[2J')
  })
})
