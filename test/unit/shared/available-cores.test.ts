import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import { availableCores } from '../../../src/shared/available-cores.js'

const reader =
  (files: Readonly<Record<string, string>>) =>
  (file: string): string | undefined =>
    files[file]
const ROOT = '/sys/fs/cgroup'

test.each<[string, Record<string, string>, number]>([
  ['a container, which sees its group as the root', { [`${ROOT}/cpu.max`]: '150000 100000\n' }, 1.5],
  ['no quota', { [`${ROOT}/cpu.max`]: 'max 100000\n' }, 8],
  ['a quota above the cores', { [`${ROOT}/cpu.max`]: '3200000 100000\n' }, 8],
  ['no such file, as at the root of a host', {}, 8],
  ['what is no quota', { [`${ROOT}/cpu.max`]: 'much\n' }, 8],
  ['a period of nothing', { [`${ROOT}/cpu.max`]: '100000 0\n' }, 8],
])('%s', (_what, files, cores) => {
  expect(availableCores(8, reader({ '/proc/self/cgroup': '0::/\n', ...files }))).toBe(cores)
})

test('of a service the quotas of its group and of all around it count', () => {
  const own = '12:cpu,cpuacct:/other\n0::/system.slice/snetd.service\n'
  const quota = (group: string, text: string) => ({ '/proc/self/cgroup': own, [`${ROOT}${group}/cpu.max`]: text })
  const read = (group: string): number => availableCores(8, reader(quota(group, '200000 100000\n')))
  expect([read('/system.slice/snetd.service'), read('/system.slice'), read('')]).toEqual([2, 2, 2])
  expect([read('/other'), read('/system.slice/another.service')]).toEqual([8, 8])
})

test('where groups are not of version 2, or not of what is mounted here, the cores count', () => {
  const files = { [`${ROOT}/cpu.max`]: '100000 100000\n', '/sys/fs/cpu.max': '100000 100000\n' }
  expect(availableCores(8, reader(files))).toBe(8)
  expect(availableCores(8, reader({ ...files, '/proc/self/cgroup': '4:cpu:/docker/a\n' }))).toBe(8)
  expect(availableCores(8, reader({ ...files, '/proc/self/cgroup': '0::/../b\n' }))).toBe(8)
})

test('on this host it is at most what Node.js says', () => {
  expect(availableCores()).toBeGreaterThan(0)
  expect(availableCores()).toBeLessThanOrEqual(availableParallelism())
})
