import { expect, test } from 'vitest'
import { knownGroup } from '../../../src/client/fleet/index.js'
import { type ControlFleet, openControlFleet } from '../../support/control-fleet.js'

const KEYS = { chat: 'aaaaaaaa01', other: 'aaaaaaaa02', lone: 'bbbbbbbb03' }
const hostWith = (...groups: readonly { readonly name: string; readonly key: string }[]) => ({
  ListGroups: () => ({
    groups: groups.map(({ name, key }) => ({ name, public_key: Buffer.from(key.padEnd(64, '0'), 'hex') })),
  }),
})
const away = {}
const asked = ({ hosts }: ControlFleet): number => hosts.reduce((sum, host) => sum + host.asked.length, 0)

test('a group is known by the start of its key, on the hosts that answer', async () => {
  await using opened = await openControlFleet(hostWith({ name: 'lone', key: KEYS.lone }), away)
  expect(await knownGroup(opened.fleet, 'bbbbbbbb')).toBe('lone')
  expect(await knownGroup(opened.fleet, 'BBBBBBBB03')).toBe('lone')
  expect(await knownGroup(opened.fleet, 'cccccccc')).toBe('cccccccc')
})

test('a name that looks like a key is the name; one that does not asks nobody', async () => {
  await using opened = await openControlFleet(
    hostWith({ name: 'bbbbbbbb', key: KEYS.chat }, { name: 'lone', key: KEYS.lone }),
  )
  expect(await knownGroup(opened.fleet, 'bbbbbbbb')).toBe('bbbbbbbb')
  const before = asked(opened)
  expect(await knownGroup(opened.fleet, 'chat')).toBe('chat')
  expect(asked(opened)).toBe(before)
})

test('what means two groups is refused with both, and so is one that hosts name differently', async () => {
  await using opened = await openControlFleet(
    hostWith({ name: 'chat', key: KEYS.chat }, { name: 'lone', key: KEYS.lone }),
    hostWith({ name: 'other', key: KEYS.other }, { name: 'solo', key: KEYS.lone }),
  )
  const [chat, other] = [KEYS.chat, KEYS.other].map((key) => key.padEnd(64, '0'))
  await expect(knownGroup(opened.fleet, 'aaaaaaaa')).rejects.toMatchObject({
    kind: 'invalid-request',
    message: `group aaaaaaaa is ambiguous: ${chat}, ${other}`,
  })
  expect(await knownGroup(opened.fleet, 'aaaaaaaa02')).toBe('other')
  await expect(knownGroup(opened.fleet, 'bbbbbbbb')).rejects.toMatchObject({
    kind: 'invalid-request',
    message: 'group bbbbbbbb is ambiguous: these hosts call it lone, solo',
  })
})
