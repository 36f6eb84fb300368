import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isProcessRunning } from '../../../../../src/daemon/infra/server/legacy/processes.js'
import { tempDir } from '../../../../support/temp-dir.js'

test.each([
  ['a Berty', { 17: 'berty' }, true],
  ['a rendezvous server', { 17: 'bash', 18: 'rdvp' }, true],
  ['names that merely contain them', { 17: 'berty-infra-ser', 18: 'notberty' }, false],
  ['itself under that name', { [process.pid]: 'berty' }, false],
])('%s among the processes', async (_name, processes, expected) => {
  await using proc = await tempDir()
  for (const [pid, name] of Object.entries(processes)) {
    await mkdir(join(proc.path, pid))
    await writeFile(join(proc.path, pid, 'comm'), `${name}\n`)
  }
  expect(await isProcessRunning(proc.path)).toBe(expected)
})

test('without a /proc nothing runs', async () => {
  expect(await isProcessRunning('/no/such/place')).toBe(false)
})
