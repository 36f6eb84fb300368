import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { secretFileFault } from '../../../src/shared/secret-file.js'
import { tempDir } from '../../support/temp-dir.js'

let directory = ''
beforeEach(async () => {
  const temp = await tempDir()
  directory = temp.path
  return temp.remove
})

async function aFile(mode: number, folder = ''): Promise<string> {
  await mkdir(join(directory, folder), { recursive: true })
  const path = join(directory, folder, 'token')
  await writeFile(path, 'secret')
  await chmod(path, mode)
  return path
}
type Mount = readonly [point: string, options: string]
const mounts = (...lines: readonly Mount[]): string =>
  lines.map(([point, options], at) => `${at + 20} 1 0:${at} / ${point} ${options} - tmpfs tmpfs rw`).join('\n')

test('a file for its owner alone is right', async () => {
  expect(await secretFileFault(await aFile(0o600), { env: {} })).toEqual({})
  expect(await secretFileFault(await aFile(0o400), { env: {} })).toEqual({})
})

test.each([0o640, 0o604, 0o660, 0o620, 0o601])('one of mode %i is refused, with what to do', async (mode) => {
  const path = await aFile(mode)
  expect(await secretFileFault(path, { env: {}, mounts: '' })).toEqual({
    problem: `others on this host may read ${path}; run "chmod 600 ${path}"`,
  })
})

test('what systemd hands in is a warning, and a sibling of its folder is not', async () => {
  const env = { CREDENTIALS_DIRECTORY: join(directory, 'credentials') }
  expect(await secretFileFault(await aFile(0o644, 'credentials'), { env, mounts: '' })).toEqual({
    warning: expect.stringContaining('others on this host may read'),
  })
  expect(await secretFileFault(await aFile(0o644, 'credentials2'), { env, mounts: '' })).toHaveProperty('problem')
})

test('what lies on a read-only mount is a warning, links followed; the innermost mount counts', async () => {
  const path = await aFile(0o644, 'a secret')
  const link = join(directory, 'link')
  await symlink(path, link)
  const point = join(directory, 'a secret').replaceAll(' ', '\\040')
  const told = async (...lines: readonly Mount[]) =>
    Object.keys(await secretFileFault(link, { env: {}, mounts: mounts(...lines) }))
  expect(await told(['/', 'rw'], [point, 'ro,relatime'])).toEqual(['warning'])
  expect(await told(['/', 'ro'], [point, 'rw'])).toEqual(['problem'])
  expect(await told(['/', 'ro'])).toEqual(['warning'])
  // Mounted over: the last one is what is seen.
  expect(await told(['/', 'rw'], [point, 'ro'], [point, 'rw'])).toEqual(['problem'])
})
