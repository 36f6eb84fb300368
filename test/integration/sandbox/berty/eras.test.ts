import type { ServiceError } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import type { Era } from '../../../../src/sandbox/berty/index.js'
import { bertyCodecs } from '../../../../src/shared/wire/grpc/index.js'
import { type Berty, clientOf, openBerties } from '../../../support/berty-client.js'
import { bertyVector } from '../../../support/berty-vectors.js'

const WESH = '/weshnet.protocol.v1.ProtocolService'
const OLD = '/berty.protocol.v1.ProtocolService'
const MESSENGER = '/berty.messenger.v1.MessengerService'

/** Whether the path is served at all; what it answers does not matter. */
const isServed = (berty: Berty, path: string): Promise<boolean> =>
  berty.raw(path, Buffer.alloc(0)).then(
    () => true,
    (failed: ServiceError) => !failed.message.startsWith('12 UNIMPLEMENTED'),
  )

const ERAS = [
  ['A', OLD, 'InstanceGetConfiguration', OLD, true],
  ['B', OLD, 'InstanceGetConfiguration', OLD, false],
  ['C', WESH, 'InstanceGetConfiguration', WESH, false],
  ['D', WESH, 'ServiceGetConfiguration', WESH, false],
  ['E', WESH, 'ServiceGetConfiguration', MESSENGER, false],
] as const

describe.each(ERAS)('generation %s', (era, protocol, configuration, auth, hasMedia) => {
  test('serves its own paths and no others', async () => {
    await using world = await openBerties(['a'], { era })
    const [a] = world.berties
    const paths = [WESH, OLD].flatMap((service) =>
      ['InstanceGetConfiguration', 'ServiceGetConfiguration', 'AuthServiceInitFlow'].map(
        (name) => `${service}/${name}`,
      ),
    )
    paths.push(`${MESSENGER}/AuthServiceInitFlow`, `${MESSENGER}/MediaPrepare`, `${MESSENGER}/EventStreamer`)
    const served = await Promise.all(paths.map((path) => isServed(a, path)))
    const expected = [`${protocol}/${configuration}`, `${auth}/AuthServiceInitFlow`]
    if (hasMedia) expected.push(`${MESSENGER}/MediaPrepare`)
    expect(paths.filter((_, at) => served[at]).sort()).toEqual(expected.sort())
  })

  test('tells who it is', async () => {
    await using world = await openBerties(['a'], { era })
    const reply = await world.berties[0].protocol(configuration)
    expect(reply).toMatchObject({ peer_id: expect.stringMatching(/^12D3Koo/), account_pk: reply['account_group_pk'] })
    expect(reply['listeners']).toContain('/p2p-circuit')
    expect((reply['listeners'] as string[]).length).toBeGreaterThan(1)
    expect(reply['device_pk']).not.toEqual(reply['account_pk'])
  })
})

test.each([
  ['A', 'ErrGroupMemberUnknownGroupID(#1302): ErrInternal(#888): unknown group or not activated yet'],
  ['C', 'ErrGroupMemberUnknownGroupID(#1302): ErrGroupUnknown(#1310)'],
  ['E', 'ErrGroupMemberUnknownGroupID(#1302): ErrGroupUnknown(#1310)'],
] as [Era, string][])('generation %s says of a group that is not open: %s', async (era, text) => {
  await using world = await openBerties(['a'], { era })
  await expect(world.berties[0].history(Buffer.alloc(32, 7))).rejects.toThrow(text)
})

test.each([
  ['A', 'error.details.A'],
  ['E', 'error.details'],
] as [Era, string][])('generation %s: details of an error are those of a running Berty', async (era, vector) => {
  await using world = await openBerties(['a'], { era })
  const failed = await world.berties[0]
    .protocol('GroupInfo', { group_pk: Buffer.alloc(32, 7) })
    .catch((thrown: ServiceError) => thrown)
  const { bytes } = bertyVector(vector)
  expect(failed).toMatchObject({ code: 14, details: bertyCodecs.errorStatus.decode(bytes).message })
  expect((failed as ServiceError).metadata.get('grpc-status-details-bin')).toEqual([bytes])
})

test('a device counts from one at head, and from anywhere before', async () => {
  for (const [era, isSmall] of [
    ['A', false],
    ['C', false],
    ['E', true],
  ] as const) {
    await using world = await openBerties(['a'], { era })
    const [a] = world.berties
    const { group_pk } = await a.protocol('MultiMemberGroupCreate')
    await a.say(group_pk as Buffer, 'one')
    const [event] = await a.history(group_pk as Buffer)
    const counter = BigInt(event?.headers?.counter ?? -1)
    expect(isSmall ? counter === 1n : counter > 2n ** 53n).toBe(true)
  }
})

test('an error put in the way of the next call, and a panic', async () => {
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const { bertyError, panic } = await import('../../../../src/sandbox/berty/index.js')
  a.peer.failNext('GroupInfo', panic('runtime error: invalid memory address'))
  await expect(a.protocol('GroupInfo')).rejects.toMatchObject({ code: 2, details: /^panic recover: / })
  a.peer.failNext('SystemInfo', bertyError([404]), 2)
  for (const _ of [1, 2]) await expect(a.protocol('SystemInfo')).rejects.toMatchObject({ code: 14 })
  await expect(a.protocol('SystemInfo')).resolves.toBeDefined()
})

test('the same seed gives the same keys', async () => {
  const keys = []
  for (const _ of [1, 2]) {
    await using world = await openBerties(['a'], { seed: 'twin' })
    const other = clientOf(world.berties[0].peer)
    keys.push(await other.protocol('ServiceGetConfiguration'))
    other[Symbol.dispose]()
  }
  expect(keys[0]).toEqual(keys[1])
})
