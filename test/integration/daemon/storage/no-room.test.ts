import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openStorage } from '../../../../src/daemon/storage/index.js'
import { channelId } from '../../../../src/shared/units.js'
import { aRecord } from '../../../support/channel-builders.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'

const worker = join(import.meta.dirname, 'owner-process.ts')

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})

/** Another process that opens the directory and may make no file longer than that: what it says, and its exit code. */
async function openWith(maxFileKiB: number, task: 'own' | 'infra'): Promise<{ code: number | null; told: string }> {
  const args = ['-c', `ulimit -f ${maxFileKiB}; exec "$0" "$@"`, process.execPath]
  const child = spawn('bash', [...args, '--import', 'tsx', worker, path, task], { stdio: ['ignore', 'pipe', 'pipe'] })
  let told = ''
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
  child.stdout.once('data', () => child.kill('SIGKILL'))
  return { code: await new Promise<number | null>((done) => child.once('close', done)), told }
}

test.each([
  [0, 'own', /^storage-failed: data_dir \S+ cannot be written: EFBIG: /],
  [11, 'own', /^storage-failed: \S+\/channels cannot be written: there is room for 11264 of 65536 bytes\n$/],
  [11, 'infra', /^storage-failed: \S+\/infra cannot be written: there is room for 11264 of 65536 bytes\n$/],
] as const)('a start with room for files of %i KiB is refused in clear words: %s', async (kiB, task, text) => {
  const { code, told } = await openWith(kiB, task)
  expect(told).toMatch(text)
  expect(code).toBe(3)
})

test('so is one whose first write to a full store fails, and the store is as it was', async () => {
  const identity = { network: 'n', organization: 'o', group: 'g', mpe: 'm' } as const
  const opened = () => openStorage({ type: 'embedded', dataDir: { path }, identity }, { log: quietLog() })
  {
    await using store = await opened()
    const pay = async (id: bigint): Promise<void> => {
      await using hold = await store.channels.hold(channelId(id))
      await hold.commit({ channel: aRecord({ id: channelId(id), signature: new Uint8Array(65) }) })
    }
    await Promise.all(Array.from({ length: 300 }, (_, i) => pay(BigInt(i))))
  }
  const { code, told } = await openWith(64, 'own')
  expect(told).toMatch(/^storage-failed: the embedded store in \S+ cannot be opened: File too large/m)
  expect(code).toBe(3)
  await using store = await opened()
  expect(await store.count()).toBe(300)
})
