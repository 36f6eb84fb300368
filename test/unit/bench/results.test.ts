import { describe, expect, it } from 'vitest'
import { Findings, mergeResults, type Results, valuesAt } from '../../../bench/suite/figures.js'
import { numberText, spreadText, toTables } from '../../../bench/suite/tables.js'

const at = (target: string, figure: 'cpu' | 'p50' = 'cpu') => ({ part: 'paid', shape: '1 × 1', target, figure })
const machine = {
  ...{ cpu: 'A', cores: 2, memoryGb: 4, kernel: 'linux 6', node: 'v20', fileSystem: 'ext4', load: 0.1 },
}
const run = (date: string, ...measured: Results['measured']): Results => ({
  ...{ date, machine, rounds: 1, seconds: 1, measured },
})

it('values of one place come together, in order', () => {
  const findings = new Findings()
  findings.add(at('a'), 1)
  findings.add(at('b'), 2)
  findings.add(at('a'), 3)
  expect(valuesAt(findings.all, at('a'))).toEqual([1, 3])
  expect(valuesAt(findings.all, at('b'))).toEqual([2])
  expect(valuesAt(findings.all, at('a', 'p50'))).toEqual([])
})

it('what a later run measured again stands in place of the earlier, and the rest stays', () => {
  const first = run('1', { ...at('a'), values: [1] }, { ...at('b'), values: [2] })
  const merged = mergeResults([first, run('2', { ...at('b'), values: [5] }, { ...at('c'), values: [6] })])
  expect(merged.measured.map(({ target, values }) => [target, ...values])).toEqual([
    ['a', 1],
    ['b', 5],
    ['c', 6],
  ])
})

describe('tables', () => {
  it('have a row for each target and a column for each figure that anybody has', () => {
    const measured = [
      { ...at('a'), values: [1, 2, 4] },
      { ...at('a', 'p50'), values: [100] },
      { ...at('b'), values: [3] },
    ]
    expect(toTables(measured)).toEqual([
      {
        title: 'paid: 1 × 1',
        headings: ['target', 'CPU µs per call', 'p50 µs'],
        rows: [
          ['a', '2.00 (1.00–4.00)', '100'],
          ['b', '3.00', ''],
        ],
      },
    ])
  })

  it('have a table for each shape', () => {
    const other = { ...at('a'), shape: '10 × 10', values: [1] }
    expect(toTables([{ ...at('a'), values: [1] }, other]).map(({ title }) => title)).toEqual([
      'paid: 1 × 1',
      'paid: 10 × 10',
    ])
  })

  it('show three digits', () => {
    expect([1.234, 12.34, 1234.5, NaN].map(numberText)).toEqual(['1.23', '12.3', '1235', '–'])
    expect(spreadText([])).toBe('')
  })
})
