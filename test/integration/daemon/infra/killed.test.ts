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

test('a run goes on after kill -9: nothing is sent twice, and what was under way is found out', async () => {
  const handedOver: number[] = []
  const kills = [20, 33, 40]
  for (const sends of [...kills, Infinity]) handedOver.push(...(await runUntil(sends)))
  await using store = await openInfraStore(path)
  expect(store.readTests()).toMatchObject([{ state: 'done', end: 'completed', run: 'r' }])
  const sent = [...store.readSent('r')]
  expect(sent.map(({ sequence }) => sequence)).toEqual(Array.from({ length: AMOUNT }, (_, index) => index + 1))
  expect(new Set(handedOver).size).toBe(handedOver.length)
  // Whatever Berty took is sent, and nothing else.
  const isTaken = new Set(handedOver)
  for (const { sequence, outcome, reason } of sent)
    expect({ sequence, outcome, reason }).toEqual(
      isTaken.has(sequence) ? { sequence, outcome: 'sent' } : { sequence, outcome: 'error', reason: 'interrupted' },
    )
  expect(store.readCounts('r', { group: 'chat', test: '0' })).toEqual({
    ...{ sent: isTaken.size, errors: AMOUNT - isTaken.size, unknown: 0, acknowledged: 0 },
  })
})
