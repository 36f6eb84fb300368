import { expect, test } from 'vitest'
import { isAway, startRun } from '../../../src/client/fleet/index.js'
import { SnetError } from '../../../src/shared/errors.js'
import { type ControlFleet, openControlFleet } from '../../support/control-fleet.js'
import type { HostAnswers } from '../../support/control-host.js'

const host: HostAnswers = {
  StartReceiving: () => ({ name: 'chat', device_pk: Buffer.alloc(32, 1) }),
  StartTest: ({ run_id = '' }) => ({ group: 'chat', test: '0', state: 'RUNNING', run_id, running: true }),
}
const refusing: HostAnswers = {
  StartReceiving: () => {
    throw new SnetError('wrong-state', 'peer not in group: chat', { hint: 'Join it.' })
  },
}
const how = { group: 'chat', test: '0', run: 'r1', waitReady: undefined }
const started = ({ hosts }: ControlFleet): number[] =>
  hosts.map(({ asked }) => asked.filter(({ method }) => method === 'StartTest').length)

test('a host that is away stops the start everywhere, and says how to start without it', async () => {
  await using opened = await openControlFleet(host, host)
  await opened.hosts[1]?.[Symbol.asyncDispose]()
  await expect(startRun(opened.fleet, how)).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringMatching(/^not started anywhere, for p2: /),
    hint: expect.stringContaining('--allow-missing'),
  })
  expect(started(opened)).toEqual([0, 0])
})

test('where it may be missing the others start, and it is told', async () => {
  await using opened = await openControlFleet(host, host, host)
  await opened.hosts[1]?.[Symbol.asyncDispose]()
  const outcomes = await startRun(opened.fleet, { ...how, allowMissing: true })
  expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true])
  expect(outcomes.map(isAway)).toEqual([false, true, false])
  expect(started(opened)).toEqual([1, 0, 1])
})

test('a host that refuses stops the start everywhere, whoever may be missing', async () => {
  await using opened = await openControlFleet(host, refusing)
  await expect(startRun(opened.fleet, { ...how, allowMissing: true })).rejects.toMatchObject({
    kind: 'wrong-state',
    message: 'not started anywhere, for p2: peer not in group: chat',
    hint: 'Join it.',
  })
  expect(started(opened)).toEqual([0, 0])
})

test('where all are away nothing is started, whoever may be missing', async () => {
  await using opened = await openControlFleet(host)
  await opened.hosts[0]?.[Symbol.asyncDispose]()
  await expect(startRun(opened.fleet, { ...how, allowMissing: true })).rejects.toMatchObject({ kind: 'unavailable' })
})
