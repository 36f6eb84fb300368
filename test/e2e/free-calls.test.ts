import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { runCli } from '../support/cli.js'
import { FreeCaller } from '../support/free-caller.js'
import { openTestNetwork } from '../support/network.js'
import { clientOf, openStream, Payer } from '../support/payer.js'

/** The sandbox publishes two free calls, asks for 10 tokens, and its token has 8 decimals. */
const ENOUGH = 10n * 10n ** 8n

let network: Network
beforeAll(async () => {
  network = await openTestNetwork()
}, 60_000)
afterAll(() => network?.[Symbol.asyncDispose]())

const keyOf = (key: string): Uint8Array => Buffer.from(key.slice(2), 'hex')

test('a wallet makes its free calls, in whatever spelling, and pays from then on', { timeout: 60_000 }, async () => {
  using client = clientOf(network)
  const caller = new FreeCaller(network, keyOf(network.client.key))
  expect(await caller.left(client)).toBe(2)
  expect(await caller.call(client)).toMatchObject({ code: 0 })
  expect(await caller.left(client)).toBe(1)
  const spelledOtherwise = new FreeCaller(network, caller.key, caller.address.toLowerCase())
  expect(await spelledOtherwise.call(client)).toMatchObject({ code: 0 })
  for (const one of [caller, spelledOtherwise]) {
    expect(await one.left(client)).toBe(0)
    expect(await one.call(client)).toMatchObject({
      code: 13,
      details: 'internal error: free call limit has been exceeded, calls made = 2, total free calls eligible = 2',
    })
  }
  expect(network.calculator.calls).toBe(2)
  expect(await new Payer(network, network.channel).pay(client)).toMatchObject({ code: 0 })
})

test('calls at once are each counted once, and none is given beyond the quota', { timeout: 60_000 }, async () => {
  using client = clientOf(network)
  const caller = await FreeCaller.withTokens(network, ENOUGH)
  const before = network.calculator.calls
  let served = 0
  for (let round = 0; round < 3; round++) {
    const codes = (await Promise.all(Array.from({ length: 8 }, () => caller.call(client)))).map(({ code }) => code)
    served += codes.filter((code) => code === 0).length
    // Another one of the user is under way, or all were made.
    expect(codes.every((code) => [0, 9, 13].includes(code))).toBe(true)
    expect(await caller.left(client)).toBe(2 - served)
  }
  expect([served, network.calculator.calls - before]).toEqual([2, 2])
})

test('a wallet with less than ten whole tokens gets no token, and one with ten does', { timeout: 60_000 }, async () => {
  using client = clientOf(network)
  const poor = await FreeCaller.withTokens(network, ENOUGH - 1n)
  expect(await poor.askToken(client)).toMatchObject({
    code: 7,
    details: 'you must have at least 10 FET (ASI) in your balance to use free calls',
  })
  expect(await (await FreeCaller.withTokens(network, ENOUGH)).left(client)).toBe(2)
})

test(
  'a call that is killed in flight is free again, and what was counted stays counted',
  { timeout: 60_000 },
  async () => {
    const caller = await FreeCaller.withTokens(network, ENOUGH)
    {
      using client = clientOf(network)
      expect(await caller.call(client)).toMatchObject({ code: 0 })
      const running = await openStream(client, await caller.headers(client))
      expect(await caller.call(client)).toMatchObject({ code: 9 })
      network.daemon.process.kill('SIGKILL')
      await network.daemon.ended
      expect(await running.finish()).toBe(14)
      await network.startDaemon()
    }
    using client = clientOf(network)
    expect(await caller.left(client)).toBe(1)
    expect(await caller.call(client)).toMatchObject({ code: 0 })
    expect(await caller.left(client)).toBe(0)
  },
)

test('requests in the older form, cut off or of noise are ordinary errors', { timeout: 60_000 }, async () => {
  using client = clientOf(network)
  const older = Buffer.concat([
    Buffer.from([0x0a, 16]),
    Buffer.from('user@example.com'),
    Buffer.from([0x12, 65]),
    Buffer.alloc(65, 0xa1),
    Buffer.from([0x18, 0x80, 0xb5, 0x18]),
    Buffer.from([0x22, 65]),
    Buffer.alloc(65, 0x1c),
    Buffer.from([0x28, 0x01]),
  ])
  const requests = [
    older,
    older.subarray(0, 40),
    Buffer.alloc(0),
    ...Array.from({ length: 20 }, (_, i) => randomBytes(i * 9)),
  ]
  for (const method of ['GetFreeCallsAvailable', 'GetFreeCallToken'])
    for (const request of requests) {
      const { code } = await client.call(`/escrow.FreeCallStateService/${method}`, [request])
      expect([3, 7, 13, 16]).toContain(code)
    }
  expect(network.daemon.process.exitCode).toBeNull()
})

test('the provider sees them, ends one and forgets them, with a daemon and without', { timeout: 120_000 }, async () => {
  const caller = await FreeCaller.withTokens(network, ENOUGH)
  const freecall = async (...args: string[]) => await runCli(['freecall', ...args, '-c', network.configFile])
  const name = `{ID:${caller.address}//ExampleOrg/ExampleSvc/${network.group.idText}}`
  const listed = async () => {
    const users = JSON.parse((await freecall('list', '--json')).stdout) as {
      address: string
      made: string
      busy: boolean
    }[]
    return users.flatMap(({ address, made, busy }) => (address === caller.address ? [{ made, busy }] : []))
  }
  {
    using client = clientOf(network)
    expect(await caller.call(client)).toMatchObject({ code: 0 })
    expect((await freecall('list')).stdout).toMatch(new RegExp(`^${caller.address} +- +ExampleSvc +1$`, 'm'))
    const named = ['-a', caller.address.toLowerCase()]
    expect(await freecall('unlock', ...named)).toMatchObject({
      code: 6,
      stdout: '',
      stderr: expect.stringContaining(`Free Call lock for user ${name} is not found`),
    })
    const running = await openStream(client, await caller.headers(client))
    expect(await listed()).toEqual([{ made: '1', busy: true }])
    expect(await freecall('unlock', ...named)).toMatchObject({ code: 5, stdout: '' })
    const unlocked = await freecall('unlock', ...named, '--force', '--json')
    expect(unlocked.code).toBe(0)
    expect(JSON.parse(unlocked.stdout)).toEqual({ user: name })
    expect(await running.finish()).toBe(1)
    expect(await listed()).toEqual([{ made: '1', busy: false }])
    expect(await freecall('reset', ...named)).toMatchObject({
      code: 0,
      stdout: `Success: User ${name} free calls have been reset \n`,
    })
    expect(await freecall('reset', ...named)).toMatchObject({ code: 6, stdout: '' })
    expect(await caller.left(client)).toBe(2)
    expect(await caller.call(client)).toMatchObject({ code: 0 })
  }
  network.daemon.process.kill('SIGKILL')
  await network.daemon.ended
  expect(await listed()).toEqual([{ made: '1', busy: false }])
  expect(await freecall('unlock', '-a', caller.address)).toMatchObject({ code: 6 })
  const reset = await freecall('reset', '-a', caller.address, '--json')
  expect([reset.code, JSON.parse(reset.stdout)]).toEqual([0, { user: name }])
  expect(await listed()).toEqual([])
  expect(await runCli(['freecall', 'list', '--data-dir', network.directory])).toMatchObject({ code: 6 })
  await network.startDaemon()
  using client = clientOf(network)
  expect(await caller.left(client)).toBe(2)
})
