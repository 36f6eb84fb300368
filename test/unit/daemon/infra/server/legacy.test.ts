import { status } from '@grpc/grpc-js'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeInvite } from '../../../../../src/daemon/infra/berty/index.js'
import { aGroupInvite } from '../../../../support/group-invite.js'
import { rawClient, startFakeInfra } from '../../../../support/infra-server.js'

/** Requests are written byte by byte, as controllers of each generation sent them. */
const text = (field: number, value: string): string => {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([field * 8 + 2, bytes.length]), bytes]).toString('hex')
}
const GROUP = text(1, 'chat')
const TEXT_100 = `${text(3, 'text')} 2064`
const MINUS_1 = 'ffffffffffffffffff01'

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

const createGroup = async (): Promise<void> => {
  expect((await client.ask('/server.Proxy/CreateInvite', GROUP)).code).toBe(0)
}

describe.each(['daemon.Peer', 'daemon.Group', 'daemon.Test', 'daemon.Proxy', 'server.Proxy'])('%s', (service) => {
  test('answers TestConnection', async () => {
    const { code, bytes } = await client.ask(`/${service}/TestConnection`, text(1, 'hello'))
    expect([code, bytes.toString('hex')]).toEqual([0, '0801'])
  })
})

describe.each(['daemon.Group', 'daemon.Proxy', 'server.Proxy'])('groups of %s', (service) => {
  test('an invite is bytes that another daemon can join with, once', async () => {
    const { bytes } = await client.ask(`/${service}/CreateInvite`, GROUP)
    const again = await client.ask(`/${service}/CreateInvite`, GROUP)
    expect([again.code, again.details]).toEqual([status.ALREADY_EXISTS, 'peer already in group: chat'])
    // InviteReply and JoinGroup both: field 1 or 2, length-delimited.
    expect(bytes[0]).toBe(0x0a)
    await using other = await startFakeInfra()
    using second = rawClient(other.port)
    const join = Buffer.concat([Buffer.from(GROUP, 'hex'), Buffer.from([0x12]), bytes.subarray(1)])
    expect(await second.ask(`/${service}/JoinGroup`, join)).toMatchObject({ code: 0, bytes: Buffer.alloc(0) })
    const doubled = await second.ask(`/${service}/JoinGroup`, join)
    expect([doubled.code, doubled.details]).toEqual([status.ALREADY_EXISTS, 'peer already in group: chat'])
  })

  test('receiving twice is no error, in an unknown group it is', async () => {
    const unknown = await client.ask(`/${service}/StartReceiveMessage`, GROUP)
    expect([unknown.code, unknown.details]).toEqual([status.FAILED_PRECONDITION, 'peer not in group: chat'])
    await createGroup()
    for (const method of ['StartReceiveMessage', 'StartReceiveMessage', 'StopReceiveMessage', 'StopReceiveMessage'])
      expect((await client.ask(`/${service}/${method}`, GROUP)).code).toBe(0)
  })
})

describe.each(['daemon.Test', 'daemon.Proxy', 'server.Proxy'])('tests of %s', (service) => {
  test.each([
    ['a text key, as first', text(2, '7')],
    ['a number, as later', '1007'],
  ])('%s', async (_name, key) => {
    await createGroup()
    expect(await client.ask(`/${service}/NewTest`, `${GROUP}${key}${TEXT_100} 2802 3003`)).toMatchObject({
      code: 0,
      bytes: Buffer.alloc(0),
    })
    const [found] = infra.fake.control.tests.list({})
    expect(found).toMatchObject({
      test: '7',
      plan: { type: 'text', size: 100, intervalMs: 2000, amount: 3, drainMs: 30_000 },
    })
    const running = () => client.ask(`/${service}/IsTestRunning`, `${GROUP}${key}`)
    expect((await running()).bytes).toEqual(Buffer.alloc(0))
    expect((await client.ask(`/${service}/StartTest`, `${GROUP}${key}`)).code).toBe(0)
    expect((await running()).bytes.toString('hex')).toBe('0801')
    const twice = await client.ask(`/${service}/StartTest`, `${GROUP}${key}`)
    expect([twice.code, twice.details]).toEqual([status.ALREADY_EXISTS, 'test already in progress: 7 in group chat'])
    const defined = await client.ask(`/${service}/NewTest`, `${GROUP}${key}${TEXT_100}`)
    expect(defined.details).toBe('test already in progress: 7 in group chat')
  })

  test('no key is key 0, by whichever type it is asked for', async () => {
    await createGroup()
    await client.ask(`/${service}/NewTest`, `${GROUP}${TEXT_100} 3001`)
    expect(infra.fake.control.tests.list({})[0]?.test).toBe('0')
    for (const key of ['', '1000', text(2, '0'), text(2, '')])
      expect((await client.ask(`/${service}/IsTestRunning`, `${GROUP}${key}`)).code).toBe(0)
    const other = await client.ask(`/${service}/IsTestRunning`, `${GROUP}${text(2, '00')}`)
    expect([other.code, other.details]).toEqual([status.NOT_FOUND, 'test does not exist'])
  })

  test('duration is a number of messages, and counts before the amount', async () => {
    await createGroup()
    await client.ask(`/${service}/NewTest`, `${GROUP}1001${TEXT_100}`)
    const none = await client.ask(`/${service}/StartTest`, `${GROUP}1001`)
    expect([none.code, none.details]).toEqual([status.INVALID_ARGUMENT, 'amount has to be from 1 to 1000000000, not 0'])
    expect((await client.ask(`/${service}/StartTest`, `${GROUP}1001 1805`)).code).toBe(0)
    expect(infra.fake.asked.at(-1)).toEqual(['start', 'chat', '1', { amount: 5 }])
  })

  test.each([
    ['size', `2000`, 'size has to be from 1 to 10000000, not 0'],
    ['size', `20${MINUS_1}`, 'size has to be from 1 to 10000000, not -1'],
    ['size', '20 8080808004', 'size has to be from 1 to 10000000, not 1073741824'],
    ['size', '20 ffffffffffffffff7f', 'size has to be from 1 to 10000000, not 9223372036854775807'],
    ['amount', `2064 30${MINUS_1}`, 'amount has to be from 0 to 1000000000, not -1'],
    ['interval', '2064 28 ffffffffffffffff7f', 'interval has to be from 0 to 86400, not 9223372036854775807'],
  ])('%s out of bounds is refused with its bounds: %s', async (_field, bytes, message) => {
    await createGroup()
    const { code, details } = await client.ask(`/${service}/NewTest`, `${GROUP}1001${text(3, 'text')}${bytes}`)
    expect([code, details]).toEqual([status.INVALID_ARGUMENT, message])
  })

  test('a type that is none, or none at all, is refused', async () => {
    await createGroup()
    for (const type of ['', text(3, 'video')]) {
      const { code, details } = await client.ask(`/${service}/NewTest`, `${GROUP}1001${type} 2064`)
      expect(code).toBe(status.INVALID_ARGUMENT)
      expect(details).toContain('type has to be text or media')
    }
  })

  test('bytes that are no message are refused, unknown fields are not', async () => {
    await createGroup()
    const names = { cut: '0a 7f 61', endless: '10 ffffffffffffffffffffff', group: '0b', zero: '00 01' }
    for (const bytes of [...Object.values(names), text(1, 'x').replace(/78$/, 'ff')])
      expect((await client.ask(`/${service}/NewTest`, bytes)).code).toBe(status.INVALID_ARGUMENT)
    const more = `${GROUP}1001${TEXT_100} 3001 ${text(9, 'later')} 5001 59 0000000000000000 5d 00000000`
    expect((await client.ask(`/${service}/NewTest`, more)).code).toBe(0)
  })
})

test('IsTestRunning in an unknown group: false first, an error later', async () => {
  expect(await client.ask('/daemon.Test/IsTestRunning', `${GROUP}${text(2, '7')}`)).toMatchObject({
    code: 0,
    bytes: Buffer.alloc(0),
  })
  for (const service of ['daemon.Proxy', 'server.Proxy']) {
    const { code, details } = await client.ask(`/${service}/IsTestRunning`, `${GROUP}1007`)
    expect([code, details]).toEqual([status.FAILED_PRECONDITION, 'peer not in group: chat'])
  }
})

test('StopTest stops what it names: a test, key 0 of a group, or everything', async () => {
  await createGroup()
  const stops = [`${GROUP}1007`, GROUP, '']
  for (const bytes of stops) expect((await client.ask('/server.Proxy/StopTest', bytes)).code).toBe(0)
  expect(infra.fake.asked).toEqual([
    ['stop', { group: 'chat', test: '7' }],
    ['stop', { group: 'chat', test: '0' }],
    ['stop', {}],
  ])
  const unknown = await client.ask('/server.Proxy/StopTest', text(1, 'other'))
  expect(unknown.details).toBe('peer not in group: other')
})

test.each(['daemon.Peer', 'daemon.Proxy', 'server.Proxy'])('%s connects to loopback only', async (service) => {
  const to = (host: string): string => `${text(1, host)}${text(2, '9091')}`
  expect((await client.ask(`/${service}/ConnectToPeer`, to('localhost'))).code).toBe(0)
  expect((await client.ask(`/${service}/ConnectToPeer`, to('10.0.0.1'))).code).toBe(status.PERMISSION_DENIED)
  expect(infra.fake.peerState).toMatchObject({ state: 'connected', endpoint: 'localhost:9091' })
})

test.each(['daemon.Peer', 'daemon.Proxy', 'server.Proxy'])('%s uploads logs and tells their links', async (service) => {
  const { bytes } = await client.ask(`/${service}/UploadLogs`, `${text(1, '1700000000')}${text(2, 'node-1')}`)
  const links = ['file:///logs/a', 'file:///logs/b'].map((link) => text(2, link)).join('')
  expect(bytes.toString('hex')).toBe(`0802${links}`)
  expect(infra.fake.asked).toEqual([['uploadLogs', { folder: '1700000000', name: 'node-1' }]])
})

test.each([
  ['daemon.Proxy', '', 1],
  ['server.Proxy', '0803', 3],
  ['server.Proxy', '0800', 1],
])('%s probes as often as it is told, once at least', async (service, tries, attempts) => {
  const request = `${tries}${text(2, 'localhost')}${text(3, '9091')}`
  expect((await client.ask(`/${service}/TestConnectionToPeer`, request)).bytes.toString('hex')).toBe('0801')
  expect(infra.fake.asked).toEqual([['probe', { host: 'localhost', port: '9091' }, attempts]])
})

test('a number of tries below 0 or beyond patience is refused', async () => {
  for (const tries of [`08${MINUS_1}`, '08ffffffffffffffff7f'])
    expect((await client.ask('/server.Proxy/TestConnectionToPeer', tries)).code).toBe(status.INVALID_ARGUMENT)
})

test('AddReliability hands on seconds and odds, and refuses what is neither', async () => {
  expect((await client.ask('/server.Proxy/AddReliability', '080a 1004')).code).toBe(0)
  expect(infra.fake.asked).toEqual([['reliability', { timeoutSeconds: 10, odds: 4 }]])
  const refused = await client.ask('/daemon.Proxy/AddReliability', `080a 10${MINUS_1}`)
  expect([refused.code, refused.details]).toEqual([status.INVALID_ARGUMENT, 'odds has to be from 0 to 1000000, not -1'])
})

test('replication is told in Berty’s own words, and is not served in its first form', async () => {
  await createGroup()
  const request = `${GROUP}${text(2, '10.0.0.9')}`
  const { code, details } = await client.ask('/server.Proxy/AddReplication', request)
  expect([code, details]).toEqual([
    status.FAILED_PRECONDITION,
    'ErrServiceReplicationServer(#4101): received empty target in Build()',
  ])
  expect(infra.fake.asked).toEqual([['addReplication', 'chat', '10.0.0.9']])
  const first = await client.ask('/daemon.Group/ReplicationJoinGroup', GROUP)
  expect(first.code).toBe(status.UNIMPLEMENTED)
  expect(first.details).toContain('AddReplication')
})

test('an invite that is none is refused without its bytes', async () => {
  const { code, details } = await client.ask('/server.Proxy/JoinGroup', `${GROUP}${text(2, 'secret stuff')}`)
  expect(code).toBe(status.INVALID_ARGUMENT)
  expect(details).not.toContain('secret')
})

test('invites go out in the form that was configured', async () => {
  await using gob = await startFakeInfra({ inviteFormat: 'gob' })
  using other = rawClient(gob.port)
  const { bytes } = await other.ask('/server.Proxy/CreateInvite', GROUP)
  const expected = encodeInvite(gob.fake.control.groups.invite('chat'), 'gob')
  expect(bytes.subarray(-expected.length)).toEqual(expected)
  expect(expected).not.toEqual(encodeInvite(aGroupInvite(), 'proto'))
})

test('a name that cannot be one is refused', async () => {
  for (const name of ['', text(1, 'a\u0007b')])
    expect((await client.ask('/server.Proxy/CreateInvite', name)).code).toBe(status.INVALID_ARGUMENT)
})
