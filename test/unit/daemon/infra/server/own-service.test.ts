import { once } from 'node:events'
import { status } from '@grpc/grpc-js'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeInvite } from '../../../../../src/daemon/infra/berty/index.js'
import { bytesOf } from '../../../../../src/daemon/infra/contract/keys.js'
import { aGroupInvite } from '../../../../support/group-invite.js'
import { rawClient, startFakeInfra } from '../../../../support/infra-server.js'
import { until } from '../../../../support/until.js'

let infra: Awaited<ReturnType<typeof startFakeInfra>>
let client: ReturnType<typeof rawClient>
const close = async (): Promise<void> => {
  client?.[Symbol.dispose]()
  await infra?.[Symbol.asyncDispose]()
}
beforeEach(async () => {
  await close()
  infra = await startFakeInfra()
  client = rawClient(infra.port)
})
afterAll(close)

const plan = { type: 'TEXT', size: '100', interval_us: '1500000', amount: '3', seed: 's1' }
const newTest = async (changes: object = {}) =>
  client.infra('NewTest', { group: 'chat', test: 't', plan: { ...plan, ...changes } })

/** Answers of a stream, one after the other. */
const reading = (stream: ReturnType<typeof client.stream>) => {
  stream.on('error', () => undefined)
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Record<string, unknown>>
  return async () => (await iterator.next()).value
}

describe('the peer', () => {
  test('is told with why it is absent, then with who it is', async () => {
    const before = await client.infra('GetPeer')
    expect(before.reply).toMatchObject({
      state: 'ABSENT',
      endpoint: '127.0.0.1:9091',
      reason: 'it has not answered yet',
    })
    const { reply } = await client.infra('ConnectPeer', { host: 'localhost', port: '9091' })
    expect(reply).toMatchObject({ state: 'CONNECTED', endpoint: 'localhost:9091', era: 'E', connected_peers: '4' })
  })

  test('is told by a stream after each change', async () => {
    const stream = client.stream('WatchPeer')
    const next = reading(stream)
    expect(await next()).toMatchObject({ state: 'ABSENT' })
    await client.infra('ConnectPeer', { host: 'localhost', port: '9091' })
    expect(await next()).toMatchObject({ state: 'CONNECTED' })
    stream.cancel()
  })

  test('the clock is in microseconds, read before and after', async () => {
    const from = Date.now() * 1000
    const { reply } = await client.infra('GetClock')
    const [received, answered] = [Number(reply['received_at']), Number(reply['answered_at'])]
    expect(from <= received && received <= answered && answered <= (Date.now() + 1) * 1000).toBe(true)
  })

  test('a reset tells what it has undone', async () => {
    const { reply } = await client.infra('Reset', { leave_groups: true })
    expect(reply).toEqual({ tests_stopped: 1, groups_forgotten: 2, runs_deleted: 3 })
  })
})

describe('groups', () => {
  test('are created, listed, and their invites told in each form', async () => {
    const { reply } = await client.infra('CreateGroup', { name: 'chat' })
    const content = infra.fake.control.groups.invite('chat')
    expect(reply['invite']).toEqual(encodeInvite(content, 'proto'))
    expect(reply['web_url']).toBe(content.webUrl)
    for (const [format, name] of [
      ['GOB', 'gob'],
      ['URL', 'url'],
      ['PROTO', 'proto'],
    ] as const)
      expect((await client.infra('GetInvite', { name: 'chat', format })).reply['invite']).toEqual(
        encodeInvite(content, name),
      )
    const { groups } = (await client.infra('ListGroups')).reply as { groups: { public_key: Buffer }[] }
    expect(groups.map((group) => group.public_key)).toEqual([bytesOf(content.publicKey)])
  })

  test('a known name is refused unless reuse is asked for', async () => {
    await client.infra('CreateGroup', { name: 'chat' })
    const { error } = await client.infra('CreateGroup', { name: 'chat' })
    expect([error?.code, error?.details]).toEqual([status.ALREADY_EXISTS, 'peer already in group: chat'])
    expect(error?.metadata.get('snetd-error-kind')).toEqual(['already-exists'])
    expect((await client.infra('CreateGroup', { name: 'chat', reuse: true })).error).toBeUndefined()
  })

  test('are joined by invite and left', async () => {
    const invite = encodeInvite(aGroupInvite(), 'gob')
    expect((await client.infra('JoinGroup', { name: 'other', invite })).reply).toMatchObject({ name: 'other' })
    expect((await client.infra('LeaveGroup', { name: 'other' })).error).toBeUndefined()
    expect((await client.infra('LeaveGroup', { name: 'other' })).error?.code).toBe(status.FAILED_PRECONDITION)
  })
})

describe('tests', () => {
  beforeEach(async () => {
    await client.infra('CreateGroup', { name: 'chat' })
  })

  test('are planned, started in a run, and stopped', async () => {
    expect((await newTest()).reply).toMatchObject({ state: 'PLANNED', plan: { ...plan, drain_us: '30000000' } })
    const waited = Buffer.alloc(32, 7)
    const { reply } = await client.infra('StartTest', {
      ...{ group: 'chat', test: 't', run_id: 'r9', wait_for_devices: [waited] },
      ...{ wait_us: '2000000', start_at: '1700000000000000', wait_for_names: ['tokyo'], name: 'london' },
    })
    expect(reply).toMatchObject({ state: 'RUNNING', running: true, run_id: 'r9' })
    expect(infra.fake.asked.at(-1)).toEqual([
      'start',
      'chat',
      't',
      {
        ...{ run: 'r9', waitFor: [waited.toString('hex')], waitMs: 2000, at: 1_700_000_000_000_000 },
        ...{ names: ['tokyo'], self: 'london' },
      },
    ])
    const stopped = (await client.infra('StopTest', {})).reply as { tests: object[] }
    expect(stopped.tests).toMatchObject([{ test: 't', state: 'DONE', end: 'STOPPED' }])
  })

  test('wait for a Berty that is away, or fail meanwhile, as their plan says', async () => {
    for (const [asked, kept] of [
      [undefined, 'PAUSE'],
      ['PAUSE', 'PAUSE'],
      ['FAIL', 'FAIL'],
    ]) {
      const { reply } = await client.infra('NewTest', {
        ...{ group: 'chat', test: 't', plan: { ...plan, ...(asked && { while_away: asked }) } },
      })
      expect([asked, reply]).toMatchObject([asked, { plan: { while_away: kept } }])
    }
  })

  test('of media are refused at once while the Berty is known to have none, and are a matter of the start before', async () => {
    const media = { type: 'MEDIA', size: '2000' }
    expect((await newTest(media)).error).toBeUndefined()
    await client.infra('ConnectPeer', { host: 'localhost', port: '9091' })
    const { error } = await newTest(media)
    expect([error?.code, error?.details]).toEqual([
      status.FAILED_PRECONDITION,
      'this Berty (era E) has no media any more: the test cannot be sent',
    ])
    expect((await newTest({ ...media, media_as_text: true })).error).toBeUndefined()
    expect((await client.ask('/server.Proxy/NewTest', '0a04 63686174 1007 1a056d65646961 20d00f 2801 3003')).code).toBe(
      0,
    )
  })

  test.each([
    ['no type', { type: 'TYPE_UNSPECIFIED' }, 'type has to be TEXT or MEDIA, not TYPE_UNSPECIFIED'],
    ['no size', { size: '0' }, 'size has to be from 1 to 10000000, not 0'],
    ['a size of 2⁶³', { size: '9223372036854775808' }, 'size has to be from 1 to 10000000, not 9223372036854775808'],
    ['no amount', { amount: '0' }, 'amount has to be from 1 to 1000000000, not 0'],
    ['a rate below 0', { rate: -1 }, 'rate has to be from 0 to 1000, not -1'],
    ['a rate that is no number', { rate: NaN }, 'rate has to be from 0 to 1000, not NaN'],
    ['a ramp without end', { ramp_seconds: Infinity }, 'ramp_seconds has to be from 0 to 86400, not Infinity'],
    [
      'an interval of centuries',
      { interval_us: '18446744073709551615' },
      'interval_us has to be from 0 to 86400000000',
    ],
    ['a seed of a book', { seed: 'x'.repeat(1000) }, 'seed has 1000 characters, at most 200'],
  ])('a plan with %s is refused', async (_name, changes, message) => {
    const { error } = await newTest(changes)
    expect(error?.code).toBe(status.INVALID_ARGUMENT)
    expect(error?.details).toContain(message)
  })

  test('a key that is none is refused', async () => {
    await newTest()
    const { error } = await client.infra('StartTest', {
      group: 'chat',
      test: 't',
      wait_for_devices: [Buffer.alloc(31)],
    })
    expect(error?.details).toContain('a key of 31 bytes')
  })

  test('a change of state is told at once, numbers twice a second', async () => {
    await newTest()
    const stream = client.stream('WatchTests', { group: 'chat' })
    const next = reading(stream)
    const numbers = (message: Record<string, unknown> | undefined) =>
      (message as { tests: { state: string; sent: string }[] }).tests.map(({ state, sent }) => `${state} ${sent}`)
    expect(numbers(await next())).toEqual(['PLANNED 0'])
    const [planned] = infra.fake.control.tests.list({})
    if (!planned) throw new Error('no test')
    const running = { ...planned, state: 'running' as const, isRunning: true }
    infra.fake.change({ ...running, sent: 1 })
    expect(numbers(await next())).toEqual(['RUNNING 1'])
    const from = performance.now()
    for (const sent of [2, 3, 4]) infra.fake.change({ ...running, sent })
    expect(numbers(await next())).toEqual(['RUNNING 4'])
    expect(performance.now() - from).toBeGreaterThan(300)
    stream.cancel()
  })
})

describe('streams', () => {
  test('end with their client, and nothing listens any more', async () => {
    const streams = ['WatchPeer', 'WatchGroups', 'WatchTests'].map((name) => client.stream(name))
    for (const stream of streams) await reading(stream)()
    expect(infra.fake.listeners.size).toBeGreaterThan(2)
    for (const stream of streams) stream.cancel()
    await until('nobody listens any more', () => infra.fake.listeners.size === 0)
  })

  test('a message stream that follows ends with its client', async () => {
    await client.infra('CreateGroup', { name: 'chat' })
    const stream = client.stream('ListMessages', { group: 'chat', follow: true })
    stream.on('error', () => undefined)
    stream.resume()
    await until('the list is begun', () => infra.fake.listsBegun === 1)
    expect(infra.fake.listsEnded).toBe(0)
    stream.cancel()
    await until('the list is ended', () => infra.fake.listsEnded === 1)
  })

  test('a ledger is read no faster than its reader takes it', async () => {
    infra.fake.pages = 2000
    const stream = client.stream('ReadLedger', { run_id: 'r1' })
    stream.on('error', () => undefined)
    stream.pause()
    await once(stream, 'readable')
    await until('ten pages are read', () => infra.fake.pagesRead > 10)
    const before = infra.fake.pagesRead
    await client.infra('GetClock')
    expect(infra.fake.pagesRead).toBeLessThan(1500)
    expect(infra.fake.pagesRead - before).toBeLessThan(500)
    stream.cancel()
    await until('the pages are closed', () => infra.fake.pagesClosed === 1)
  })

  test('a ledger comes whole', async () => {
    let entries = 0
    for await (const page of client.stream('ReadLedger', { run_id: 'r1' }))
      entries += (page as { sent: unknown[] }).sent.length
    expect(entries).toBe(1500)
  })

  test('a daemon that stops says so to those that watch', async () => {
    const stream = client.stream('WatchTests')
    const failed = once(stream, 'error')
    stream.resume()
    await once(stream, 'data')
    await infra.server[Symbol.asyncDispose]()
    const [error] = (await failed) as [{ code: number; details: string }]
    expect([error.code, error.details]).toEqual([status.UNAVAILABLE, 'the control daemon is stopping'])
  })

  test('clocks are kept as they were told, and a key that is none is refused', async () => {
    const clocks = [
      { device_pk: Buffer.alloc(32, 7), offset_us: '-1500', error_us: '20' },
      { device_pk: Buffer.alloc(0), offset_us: '12', error_us: '0' },
    ]
    const { reply } = await client.infra('KeepClocks', { run_id: 'r1', clocks })
    expect(reply['clocks']).toMatchObject([clocks[0], { offset_us: '12' }])
    const { error } = await client.infra('KeepClocks', { run_id: 'r1', clocks: [{ device_pk: Buffer.alloc(3) }] })
    expect(error?.code).toBe(status.INVALID_ARGUMENT)
  })

  test('an unknown run is an error, not an empty ledger', async () => {
    const stream = client.stream('ReadLedger', { run_id: 'r2' })
    const [error] = (await once(stream.resume(), 'error')) as [{ code: number }]
    expect(error.code).toBe(status.NOT_FOUND)
  })
})

describe('reflection', () => {
  test('lists the services, ours and the older ones', async () => {
    const call = client.client.makeBidiStreamRequest(
      '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
      (bytes: Buffer) => bytes,
      (bytes: Buffer) => bytes,
    )
    call.write(Buffer.from('3a00', 'hex'))
    const [answer] = (await once(call, 'data')) as [Buffer]
    for (const name of [
      'snetd.infra.v1.Infra',
      'server.Proxy',
      'daemon.Proxy',
      'daemon.Peer',
      'daemon.Group',
      'daemon.Test',
    ])
      expect(answer.toString('latin1')).toContain(name)
    call.end()
  })
})
