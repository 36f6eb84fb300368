import { FIGURES, type Figure, type Measured } from './figures.js'
import { summarize } from './statistics.js'

/** The figures of one shape, a row for each target. */
export interface Table {
  readonly title: string
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** To three digits, which is more than a run can promise. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toFixed(digits)
}

/** The median, and how far the rounds were apart. */
export function spreadText(values: readonly number[]): string {
  if (values.length === 0) return ''
  const { median, least, most } = summarize(values)
  const range = least === most ? '' : ` (${numberText(least)}–${numberText(most)})`
  return `${numberText(median)}${range}`
}

/** One table for each shape, in the order in which they were measured. */
export function toTables(measured: readonly Measured[]): Table[] {
  const titles = [...new Set(measured.map(titleOf))]
  return titles.map((title) =>
    toTable(
      title,
      measured.filter((one) => titleOf(one) === title),
    ),
  )
}

const titleOf = ({ part, shape }: Measured): string => `${part}: ${shape}`

function toTable(title: string, measured: readonly Measured[]): Table {
  const figures = (Object.keys(FIGURES) as Figure[]).filter((figure) => measured.some((one) => one.figure === figure))
  const targets = [...new Set(measured.map(({ target }) => target))]
  const valuesOf = (target: string, figure: Figure): readonly number[] =>
    measured.find((one) => one.target === target && one.figure === figure)?.values ?? []
  return {
    title,
    headings: ['target', ...figures.map((figure) => FIGURES[figure])],
    rows: targets.map((target) => [target, ...figures.map((figure) => spreadText(valuesOf(target, figure)))]),
  }
}
