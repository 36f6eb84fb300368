import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

/** Text of a file; undefined where there is none. */
export type ReadText = (file: string) => string | undefined

const ROOT = '/sys/fs/cgroup'

/**
 * How many cores this process may keep busy: those that it may run on, or the part of them that its control groups (version
 * 2) leave it. Node asks libuv, which minds such quotas from 1.49 on; that of Node 20 is older. A container with a quota of
 * one core on a host of 64 would count 64.
 */
export const availableCores = (cores = availableParallelism(), read: ReadText = readText): number =>
  Math.min(cores, ...quotas(read))

/** Of its own group and of those around it: the smallest counts. */
function quotas(read: ReadText): number[] {
  const own = /^0::(\/.*)$/m.exec(read('/proc/self/cgroup') ?? '')?.[1]
  if (own === undefined) return []
  const names = own.split('/').filter((name) => name !== '')
  // Seen from within a namespace, a group that lies outside of it begins with "..": what is mounted here is another's.
  if (names.includes('..')) return []
  return [...names.keys(), names.length].flatMap((depth) =>
    quotaIn(read(join(ROOT, ...names.slice(0, depth), 'cpu.max'))),
  )
}

/** `MAX PERIOD` in µs, or `max PERIOD` for no quota (Linux, Documentation/admin-guide/cgroup-v2.rst, cpu.max). */
function quotaIn(text = ''): number[] {
  const [, quota, period] = /^(\d+) (\d+)\s*$/.exec(text) ?? []
  return Number(period) > 0 ? [Number(quota) / Number(period)] : []
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
