import { growthOf, READINGS_FOR_GROWTH } from '../growth.js'
import type { Held } from '../held.js'

/** What the process held with some cases under way, and after how many. */
export interface HeldAfter extends Held {
  readonly cases: number
}

/**
 * By how much the late quarter of the readings may be above the early one: a few times what cases that are under way are up and
 * down by; sockets are files. From the 2 000th case to the 12 000th the heap grew by 0.8 MiB, memory by 3.1 and files by 2; a
 * kilobyte of each of those cases would be too much.
 */
export const ROOM = { heapMiB: 10, externalMiB: 10, residentMiB: 80, files: 24 } as const

/** What grew that must not, and what is told of it; `grown` is undefined where too little was seen. */
export function judgeMemory(readings: readonly HeldAfter[]): { grown: string[] | undefined; told: string } {
  const growth = growthOf(readings)
  if (!growth)
    return { grown: undefined, told: `memory: ${readings.length} readings, of which it takes ${READINGS_FOR_GROWTH}` }
  const [from, to] = growth.of(({ cases }) => cases)
  const names = Object.keys(ROOM) as (keyof typeof ROOM)[]
  const lines = names.map((name) => {
    const [before, after] = growth.of((reading) => reading[name])
    return { text: `${name} ${before.toFixed(1)} → ${after.toFixed(1)}`, isGrown: after > before + ROOM[name], name }
  })
  return {
    grown: lines
      .filter(({ isGrown }) => isGrown)
      .map(({ text, name }) => `${text}, of which at most ${ROOM[name]} more are no leak`),
    told: `memory from case ${from} to case ${to}: ${lines.map(({ text }) => text).join(', ')}`,
  }
}
