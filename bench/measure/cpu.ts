import { readdirSync, readFileSync } from 'node:fs'

/** Nanoseconds on a core that each thread of a process has had, by its id. */
export type ThreadTimes = ReadonlyMap<string, number>

/** The kernel's account of each thread (Linux), which counts in nanoseconds, not in ticks. */
export function readThreads(pid: number): ThreadTimes {
  const tasks = `/proc/${pid}/task`
  return new Map(readdirSync(tasks).map((thread) => [thread, timeOf(`${tasks}/${thread}/schedstat`)]))
}

/** Of a thread that has just ended nothing is known any more. */
function timeOf(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0])
  } catch {
    return 0
  }
}

/** Microseconds on a core between two readings: of all threads, and of the one that had most. */
export function usedBetween(before: ThreadTimes, after: ThreadTimes): { all: number; busiest: number } {
  const each = [...after].map(([thread, time]) => Math.max(0, time - (before.get(thread) ?? 0)) / 1e3)
  return { all: each.reduce((sum, time) => sum + time, 0), busiest: Math.max(0, ...each) }
}

/** Seconds on a core that a process has had. */
export const cpuSeconds = (pid: number): number => usedBetween(new Map(), readThreads(pid)).all / 1e6
