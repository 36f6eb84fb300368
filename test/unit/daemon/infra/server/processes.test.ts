import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isProcessRunning } from '../../../../../src/daemon/infra/server/legacy/processes.js'

test.each([
  ['a Berty', { 17: 'berty' }, true],
  ['a rendezvous server', { 17: 'bash', 18: 'rdvp' }, true],
  ['names that merely contain them', { 17: 'berty-infra-ser', 18: 'notberty' }, false],
  ['itself under that name', { [process.pid]: 'berty' }, false],
])('%s among the processes', async (_name, processes, expected) => {
  const proc = await mkdtemp(join(tmpdir(), 'proc-'))
  try {
    for (const [pid, name] of Object.entries(processes)) {
      await mkdir(join(proc, pid))
      await writeFile(join(proc, pid, 'comm'), `${name}\n`)
    }
    expect(await isProcessRunning(proc)).toBe(expected)
  } finally {
    await rm(proc, { recursive: true })
  }
})

test('without a /proc nothing runs', async () => {
  expect(await isProcessRunning('/no/such/place')).toBe(false)
})
