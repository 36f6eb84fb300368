import { expect, test } from 'vitest'
import { RegistryEvents } from '../../../../src/daemon/chain/registry-events.js'
import { toAddress } from '../../../../src/ethereum/index.js'
import { quietLog } from '../../../support/quiet-log.js'

const REGISTRY = toAddress(`0x${'11'.repeat(20)}`)
const ID = `0x${Buffer.from('org').toString('hex').padEnd(64, '0')}`
const AN_EVENT = { topics: [], data: '0x' }

/** A node that fails where `answers` has undefined. */
function watched(answers: (object[] | undefined)[]) {
  const asked: unknown[] = []
  let changes = 0
  const rpc = {
    logs: async (...question: unknown[]) => {
      asked.push(question)
      const answer = answers.shift()
      if (!answer) throw new Error('away')
      return answer as { topics: string[]; data: string }[]
    },
  }
  const config = { registry: REGISTRY, organization: 'org', maxEventBlocks: 100n }
  const events = new RegistryEvents(config, { rpc, log: quietLog() }, () => changes++)
  return { events, asked, changes: () => changes }
}

test('an event of the organisation is a change; blocks without one are none', async () => {
  const { events, asked, changes } = watched([[], [AN_EVENT]])
  await events.look(4n, 5n)
  expect(changes()).toBe(0)
  await events.look(5n, 7n)
  expect(changes()).toBe(1)
  expect(asked).toEqual([
    [REGISTRY, 5n, 5n, [null, ID]],
    [REGISTRY, 6n, 7n, [null, ID]],
  ])
})

test('events that the node could not tell are asked for with the next blocks', async () => {
  const { events, asked, changes } = watched([undefined, [AN_EVENT], []])
  await events.look(4n, 5n)
  expect(changes()).toBe(0)
  await events.look(5n, 6n)
  expect(changes()).toBe(1)
  await events.look(6n, 7n)
  expect(asked).toEqual([
    [REGISTRY, 5n, 5n, [null, ID]],
    [REGISTRY, 5n, 6n, [null, ID]],
    [REGISTRY, 7n, 7n, [null, ID]],
  ])
})

test('blocks that were missed or taken back may have changed anything', async () => {
  const { events, asked, changes } = watched([[]])
  await events.look(4n, 500n)
  events.suspectAll()
  expect(changes()).toBe(2)
  expect(asked).toEqual([])
  await events.look(500n, 501n)
  expect(asked).toEqual([[REGISTRY, 501n, 501n, [null, ID]]])
})
