import type { Outcome } from './goals.js'

/** Ratios that were recorded, by the names of their goals. */
export interface Baseline {
  readonly date: string
  readonly machine: string
  readonly ratios: Readonly<Record<string, number>>
}

export const toRatios = (outcomes: readonly Outcome[]): Record<string, number> =>
  Object.fromEntries(outcomes.flatMap(({ goal, value }) => (value ? [[goal.name, value.median]] : [])))

export interface Comparison {
  readonly name: string
  readonly before: number
  readonly now: number
  readonly isWorse: boolean
}

/** What both the run and the record have. @param tolerance the share by which a ratio may be worse */
export function compareRatios(outcomes: readonly Outcome[], { ratios }: Baseline, tolerance: number): Comparison[] {
  return outcomes.flatMap(({ goal: { name, isAtLeast }, value }) => {
    const before = ratios[name]
    if (before === undefined || !value) return []
    const now = value.median
    const isWorse = isAtLeast === true ? now < before / (1 + tolerance) : now > before * (1 + tolerance)
    return [{ name, before, now, isWorse }]
  })
}
