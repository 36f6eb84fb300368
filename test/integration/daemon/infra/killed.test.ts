import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeEach, expect, test } from 'vitest'
import { openInfraStore } from '../../../../src/daemon/infra/store/index.js'
import { tempDir } from '../../../support/temp-dir.js'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})

const AMOUNT = 120

/** The numbers that were handed to Berty until the process was killed, after so many, or was done. */
async function runUntil(sends: number): Promise<number[]> {
  const worker = join(import.meta.dirname, 'run-process.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', worker, path, String(AMOUNT)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const handedOver: number[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    handedOver.push(Number(line))
    if (handedOver.length === sends) child.kill('SIGKILL')
  }
  return handedOver
}

test('a run goes on after kill -9: nothing is sent twice, and what was under way is counted as unknown', async () => {
  const handedOver: number[] = []
  const kills = [20, 33, 40]
  for (const sends of [...kills, Infinity]) handedOver.push(...(await runUntil(sends)))
  await using store = await openInfraStore(path)
  expect(store.readTests()).toMatchObject([{ state: 'done', end: 'completed', run: 'r' }])
  const sent = [...store.readSent('r')]
  expect(sent.map(({ sequence }) => sequence)).toEqual(Array.from({ length: AMOUNT }, (_, index) => index + 1))
  expect(new Set(handedOver).size).toBe(handedOver.length)
  const unknown = sent.filter(({ outcome }) => outcome === 'unknown')
  expect(unknown.length).toBeGreaterThan(0)
  expect(unknown.length).toBeLessThanOrEqual(kills.length)
  for (const { sequence, outcome } of sent) if (outcome === 'sent') expect(handedOver).toContain(sequence)
  expect(store.readCounts('r', { group: 'chat', test: '0' })).toEqual({
    ...{ sent: AMOUNT - unknown.length, errors: 0, unknown: unknown.length, acknowledged: 0 },
  })
})
