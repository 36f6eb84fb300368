import { expect, test } from 'vitest'
import { Fleet, shareGroup } from '../../../src/client/fleet/index.js'
import { SnetError } from '../../../src/shared/errors.js'
import { openControlFleet } from '../../support/control-fleet.js'
import { type ControlHost } from '../../support/control-host.js'
import { groupHost, type GroupHostOptions } from '../../support/group-host.js'

const open = (...options: readonly GroupHostOptions[]) =>
  openControlFleet(...options.map((one, at) => groupHost({ mark: at + 1, ...one })))

/** On the hosts at these places, in this order; on all when none is named. */
async function share({ peers }: Fleet, ...places: readonly number[]) {
  using part = new Fleet(places.length === 0 ? peers : places.flatMap((at) => peers[at] ?? []))
  const { invite, outcomes, trouble } = await shareGroup(part, 'chat', {})
  return {
    invite: invite?.invite,
    ...(trouble && { trouble }),
    shares: outcomes.map((one) => (one.ok ? one.result.share : one.error.kind)),
  }
}

const asked = (hosts: readonly ControlHost[], method: string): number[] =>
  hosts.map((host) => host.asked.filter((one) => one.method === method).length)

test('one host makes the group, and the others join it', async () => {
  await using opened = await open({}, {}, {})
  const { shares, invite } = await share(opened.fleet)
  expect(shares).toEqual(['made', 'joined', 'joined'])
  expect(asked(opened.hosts, 'CreateGroup')).toEqual([1, 0, 0])
  expect(opened.hosts[1]?.asked.at(-1)).toMatchObject({
    method: 'JoinGroup',
    request: { name: 'chat', invite: Buffer.from(invite ?? '', 'base64url') },
  })
})

test('again it is the same invite, who is missing joins, and nothing else changes', async () => {
  await using opened = await open({}, {}, {})
  const before = await share(opened.fleet, 0, 1)
  const again = await share(opened.fleet, 2, 0, 1)
  expect(again).toEqual({ invite: before.invite, shares: ['joined', 'there', 'there'] })
  expect(asked(opened.hosts, 'JoinGroup')).toEqual([0, 1, 1])
})

test('a host with another group of that name keeps it, and the first named decides which one is meant', async () => {
  await using opened = await open({}, {}, {})
  const first = await share(opened.fleet, 0)
  await share(opened.fleet, 1)
  const both = await share(opened.fleet)
  expect(both).toEqual({ invite: first.invite, shares: ['there', 'already-exists', 'joined'] })
  expect(asked(opened.hosts, 'JoinGroup')).toEqual([0, 0, 1])
})

test('a host that had joined and not yet entered goes on', async () => {
  const half = { name: 'chat', public_key: Buffer.alloc(32, 0x10), active: false }
  await using opened = await open({}, { groups: { chat: half } })
  await share(opened.fleet, 0)
  expect(await share(opened.fleet)).toMatchObject({ shares: ['there', 'joined'] })
})

test('the host with the oldest generation of Berty makes it: its members would never get ready otherwise', async () => {
  await using opened = await open({ era: 'E' }, { era: 'C' }, { era: 'D' })
  expect(await share(opened.fleet)).toMatchObject({ shares: ['joined', 'made', 'joined'] })
})

test('a host whose Berty is away does not make it, whatever its generation was', async () => {
  await using opened = await open({ era: 'C' }, { era: 'E' })
  opened.hosts[0]?.answer({
    GetPeer: () => ({ state: 'LOST', era: 'C' }),
    JoinGroup: () => {
      throw new SnetError('wrong-state', 'not connected to a Berty yet')
    },
  })
  expect(await share(opened.fleet)).toMatchObject({ shares: ['wrong-state', 'made'] })
})

test('none is made while a host is away that may have one, unless it may be missing', async () => {
  await using opened = await open({}, {})
  await opened.hosts[0]?.[Symbol.asyncDispose]()
  await expect(share(opened.fleet)).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringMatching(/^no group was made, for p1: /),
    hint: expect.stringContaining('--allow-missing'),
  })
  expect(asked(opened.hosts, 'CreateGroup')).toEqual([0, 0])
  const { outcomes } = await shareGroup(opened.fleet, 'chat', { allowMissing: true })
  expect(outcomes).toMatchObject([{ ok: false, error: { kind: 'unavailable' } }, { result: { share: 'made' } }])
})

test('a host that is away keeps nobody from joining a group that is there', async () => {
  await using opened = await open({}, {}, {})
  await share(opened.fleet, 0)
  await opened.hosts[1]?.[Symbol.asyncDispose]()
  expect(await share(opened.fleet)).toMatchObject({ shares: ['there', 'unavailable', 'joined'] })
})

test('a host that cannot make it is named, and nobody else does', async () => {
  await using opened = await open({}, {})
  opened.hosts[0]?.answer({
    CreateGroup: () => {
      throw new SnetError('timed-out', 'Berty did not answer in time')
    },
  })
  await expect(share(opened.fleet)).rejects.toMatchObject({ message: 'p1: Berty did not answer in time' })
  expect(asked(opened.hosts, 'CreateGroup')).toEqual([1, 0])
})
