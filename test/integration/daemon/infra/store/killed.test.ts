import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeEach, expect, test } from 'vitest'
import { openInfraStore } from '../../../../../src/daemon/infra/store/index.js'
import { tempDir } from '../../../../support/temp-dir.js'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})

/** Runs the writer until it has begun so many sends, kills it, and returns the last number told for each test. */
async function writeAndKill(sends: number): Promise<Record<string, number>> {
  const worker = join(import.meta.dirname, 'writer-process.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', worker, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const last: Record<string, number> = {}
  let told = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const [name = '', sequence = ''] = line.split(' ')
    last[name] = Number(sequence)
    if (++told === sends) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
  return last
}

test('after kill -9 at most one send of a test is unsettled, none is missing, and nothing counts twice', async () => {
  let killed = { a: 0, b: 0 }
  for (const sends of [40, 90, 160]) {
    const told = await writeAndKill(sends)
    await using store = await openInfraStore(path)
    const settled = await store.settleSends('r')
    expect(settled).toBeLessThanOrEqual(2)
    killed = { a: killed.a + 1, b: killed.b + 1 }
    const sent = [...store.readSent('r')]
    for (const name of ['a', 'b'] as const) {
      const of = sent.filter(({ test }) => test === name)
      expect(of.map(({ sequence }) => sequence)).toEqual(of.map((_entry, index) => index))
      expect(of.length).toBeGreaterThan(told[name] ?? -1)
      const unknown = of.filter(({ outcome }) => outcome === 'unknown').length
      expect(unknown).toBeLessThanOrEqual(killed[name])
      const counts = store.readCounts('r', { group: 'g', test: name })
      expect(counts).toMatchObject({ sent: of.length - unknown, errors: 0, unknown })
      expect(counts.acknowledged).toBe([...store.readAcks('r')].filter(({ cid }) => cidsOf(of).has(cid)).length)
    }
    const received = [...store.readReceived({ group: 'g', run: 'r' })]
    expect(new Set(received.map(({ cid }) => cid)).size).toBe(received.length)
    expect(store.readGroupCounts('g').messages).toBe(received.length)
    expect(store.countRuns()).toBe(0)
  }
})

const cidsOf = (entries: readonly { cid?: string }[]): Set<string | undefined> => new Set(entries.map(({ cid }) => cid))
