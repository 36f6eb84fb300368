import { expect, test } from 'vitest'
import { bertyCodecs } from '../../../../src/shared/wire/grpc/index.js'
import { foundGroup, openBerties } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

test('versions: the messenger knows its own, the protocol service does not', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a] = world.berties
  expect(await a.protocol('SystemInfo')).toMatchObject({ process: { version: 'n/a' }, p2p: { connected_peers: '1' } })
  expect(await a.messenger('SystemInfo')).toMatchObject({
    protocol: { p2p: { connected_peers: '1' } },
    messenger: { process: { version: expect.stringMatching(/^2\.\d+\.\d+$/) } },
  })
})

test('the list of peers shows who is connected now; DebugGroup never anybody', async () => {
  await using world = await openBerties(['a', 'b', 'c'])
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const { peer_id } = await b.protocol('ServiceGetConfiguration')
  world.net.partition(['a'], ['c'])
  expect((await a.protocol('PeerList'))['peers']).toMatchObject([{ id: peer_id, is_active: true }])
  expect(await a.protocol('DebugGroup', { group_pk: group })).toEqual({})
})

interface Status {
  type?: number
  event?: Buffer
}

test('the status of devices follows partitions; of an unknown group nothing comes', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const { device_pk } = await b.protocol('GroupInfo', { group_pk: group })
  const unknown = a.stream<Status>('GroupDeviceStatus', { group_pk: Buffer.alloc(32) })
  const status = a.stream<Status>('GroupDeviceStatus', { group_pk: group })
  await until('one change of status is told', () => status.events.length === 1)
  expect(bertyCodecs.devicePeer.decode(status.events[0]?.event ?? Buffer.alloc(0))).toMatchObject({ device_pk })
  world.net.partition(['a'], ['b'])
  await until('two changes of status are told', () => status.events.length === 2)
  world.net.heal()
  await until('four changes of status are told', () => status.events.length === 4)
  // At head a peer that comes back is told as connected first without its device.
  expect(status.events.map(({ type }) => type)).toEqual([2, 1, 2, 2])
  const back = bertyCodecs.devicePeer.decode(status.events[2]?.event ?? Buffer.alloc(0))
  expect(back.device_pk).toBeUndefined()
  expect(unknown).toMatchObject({ events: [], status: undefined })
})
