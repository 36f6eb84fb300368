import { describe, expect, it } from 'vitest'
import { drawChart } from '../../../bench/suite/chart.js'
import type { Results } from '../../../bench/suite/figures.js'
import { describeMachine, type Machine } from '../../../bench/suite/machine.js'
import { PASSERS } from '../../../bench/suite/names.js'
import { writePage } from '../../../bench/suite/page.js'

const machine: Machine = {
  ...{ cpu: 'Fast & Co', cores: 2, memoryGb: 16, kernel: 'linux 6.1', node: 'v20.19.0', fileSystem: 'ext4', load: 0.2 },
}
const at = (target: string, value: number) => ({
  ...{ part: 'passthrough', shape: '100 B, 10 × 10', target, figure: 'cpu' as const, values: [value, value + 2] },
})
const results: Results = {
  ...{ date: '2030-01-02T03:04:05.000Z', machine, rounds: 2, seconds: 0.4 },
  measured: [at(PASSERS.nghttpx, 10), at(PASSERS.frames, 40)],
}

it('a machine is named with all that its figures depend on', () => {
  expect(describeMachine(machine)).toBe(
    '2 cores of Fast & Co, 16 GB of memory, linux 6.1, Node v20.19.0, stores on ext4, load 0.2 when the run began',
  )
})

describe('a chart', () => {
  const chart = { title: 'A < B', groups: [{ name: '', bars: [{ name: 'one', value: 50, least: 40, most: 100 }] }] }

  it('has a bar as long as its share of the largest, and its value', () => {
    const drawn = drawChart({ ...chart, groups: [...chart.groups, { name: 'g', bars: [{ name: 'two', value: 100 }] }] })
    const widths = [...drawn.matchAll(/width="([\d.]+)" height="14"/g)].map(([, width]) => Number(width))
    expect(widths).toHaveLength(2)
    expect((widths[0] as number) * 2).toBeCloseTo(widths[1] as number)
    expect(drawn).toContain('>50.0<')
  })

  it('with scales of its own fills the width with the largest of each group', () => {
    const groups = [10, 1_000].map((most) => ({ name: `${most}`, bars: [{ name: 'one', value: most }] }))
    const drawn = drawChart({ title: '', groups, hasOwnScales: true })
    const widths = [...drawn.matchAll(/width="([\d.]+)" height="14"/g)].map(([, width]) => Number(width))
    expect(widths).toHaveLength(2)
    expect(widths[0]).toBe(widths[1])
  })

  it('has no mark of its own in what it is told', () => expect(drawChart(chart)).toContain('A &lt; B'))
  it('of nothing is drawn all the same', () => expect(drawChart({ title: '', groups: [] })).not.toContain('NaN'))
})

describe('the page', () => {
  const files = writePage(results)
  const page = files['README.md'] as string

  it('says when, where and how often', () => {
    expect(page).toContain('2030-01-02')
    expect(page).toContain(describeMachine(machine))
    expect(page).toContain('2 rounds')
  })

  it('hides no goal that was missed, and none that was not measured', () => {
    expect(page).toContain('| passthrough 100 B, 10 × 10, to nghttpx | 3.73 | 3.50–4.00 | at most 1.25 | MISSED |')
    expect(page).toContain('| --help to bare node | not measured |  | at most 2.2 |  |')
    expect(page).toMatch(/Met: 0, missed: 1, not measured: \d+\./)
  })

  it('has each figure with its spread, and a chart for each that it shows', () => {
    expect(page).toContain('| gate, our frames | 41.0 (40.0–42.0) |')
    const shown = [...page.matchAll(/\]\((\S+\.svg)\)/g)].map(([, file]) => file)
    expect(shown).toEqual(['goals.svg', 'passthrough-cpu.svg'])
    expect(Object.keys(files).sort()).toEqual(['README.md', ...shown].sort())
  })
})
