import { expect, test } from 'vitest'
import { base32 } from 'multiformats/bases/base32'
import type { Era } from '../../../../src/sandbox/berty/index.js'
import { bertyCodecs } from '../../../../src/shared/wire/grpc/index.js'
import { appOf, foundGroup, openBerties } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

const textOf = (body: string): Buffer => bertyCodecs.userMessage.encode({ body })
const UNDECODABLE = Buffer.of(0x0a, 0x7f, 0x01)

test.each([
  ['A', { type: 1, payload: UNDECODABLE }, '#102'],
  ['C', { type: 1, payload: UNDECODABLE }, '#102'],
  ['E', { type: 1, payload: UNDECODABLE }, '#100'],
  ['E', { type: 1, payload: textOf('x') }, '#102'],
  ['E', { type: 1, payload: textOf('x'), conversation_public_key: 'not//base64' }, '#100'],
  ['E', { type: 1, payload: textOf('/dd pprof'), conversation_public_key: 'x' }, 'invalid debug command: '],
  ['E', { type: 2, conversation_public_key: 'x' }, '#100'],
  ['A', { type: 8, conversation_public_key: 'x' }, '#100'],
] as [Era, object, string][])('generation %s refuses %o with %s', async (era, request, text) => {
  await using world = await openBerties(['a'], { era })
  await expect(world.berties[0].messenger('Interact', request)).rejects.toThrow(text)
})

test.each(['A', 'C'] as const)('generation %s sends /dd as ordinary text', async (era) => {
  await using world = await openBerties(['a'], { era })
  const [a] = world.berties
  const group = await foundGroup(a)
  await expect(a.say(group, '/dd x')).resolves.toMatch(/^bafyrei/)
})

test('an unknown group is told through the inner connection', async () => {
  await using world = await openBerties(['a'], { era: 'A' })
  await expect(world.berties[0].say(Buffer.alloc(32, 9), 'x')).rejects.toThrow(
    'ErrProtocolSend(#2302): rpc error: code = Unavailable desc = ErrGroupMissing(#1306): ErrInternal(#888): unknown group',
  )
})

test('the answer is the id of the event, and the time is that of the clock of the sender', async () => {
  await using world = await openBerties(['a'])
  const ahead = await world.net.startPeer({ name: 'ahead', clockOffsetMs: 3_600_000 })
  const { clientOf } = await import('../../../support/berty-client.js')
  const client = clientOf(ahead)
  const group = await foundGroup(client)
  const cid = await client.say(group, 'x')
  const [event] = await client.history(group)
  expect(base32.encode(event?.event_context?.id ?? Buffer.alloc(0))).toBe(cid)
  expect(Number(event && appOf(event).sent_date) - Date.now()).toBeGreaterThan(3_500_000)
  client[Symbol.dispose]()
})

test('calls at once overtake each other, and none is answered at once', async () => {
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const group = await foundGroup(a)
  const answered: number[] = []
  await Promise.all(Array.from({ length: 30 }, (_, at) => a.say(group, String(at)).then(() => answered.push(at))))
  expect(answered).not.toEqual(answered.toSorted((one, other) => one - other))
})

test('what is given to AppMessageSend is not looked at', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  await a.protocol('AppMessageSend', { group_pk: group, payload: Buffer.of(0xff, 0xff) })
  await a.protocol('AppMessageSend', { group_pk: group })
  world.net.injectJunk('a', group.toString('hex'))
  await until('b lists five events', async () => (await b.history(group)).length === 5)
  expect((await b.history(group)).filter(({ message }) => message === undefined)).toHaveLength(2)
  expect(world.net.truth().counts).toMatchObject({ sentUser: 0, sentAcknowledge: 0, sent: 5 })
})

test('a request of four MiB passes, one byte more does not', async () => {
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const path = '/weshnet.protocol.v1.ProtocolService/GroupInfo'
  const filler = (length: number): Buffer =>
    Buffer.concat([Buffer.from('7a', 'hex'), varint(length - 5), Buffer.alloc(length - 5)])
  await expect(a.raw(path, filler(4_194_304))).rejects.toMatchObject({ code: 14 })
  await expect(a.raw(path, filler(4_194_305))).rejects.toMatchObject({
    code: 8,
    details: 'grpc: received message larger than max (4194305 vs. 4194304)',
  })
})

/** Four bytes long. */
const varint = (value: number): Buffer =>
  Buffer.of((value & 0x7f) | 0x80, ((value >> 7) & 0x7f) | 0x80, ((value >> 14) & 0x7f) | 0x80, value >> 21)
