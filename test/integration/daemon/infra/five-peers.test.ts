import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { randomOf } from '../../../../src/shared/random.js'
import { FakeLink, FakeNet, fakeInvites } from '../../../support/fake-berty-port.js'
import { aCid, aKey, aPlan } from '../../../support/infra-builders.js'
import { type InfraParts, openInfraParts } from '../../../support/infra-daemon.js'
import { type Part, pairNumbers } from '../../../support/merge-ledgers.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})

const NAMES = ['one', 'two', 'three', 'four', 'five']
const AMOUNT = 120
const chat = aKey('group chat')

/** Loses, repeats and copies messages by chance, gives the last peer no key for a while, and counts what it does. */
function faultyNet(seed: string) {
  const net = new FakeNet()
  const random = randomOf(seed)
  const truth = new Map<string, { expected: number; delivered: number; duplicated: number }>()
  const state = { hasLateKey: false, late: 0, isThreeCut: false }
  net.onDelivery = (from, to, message) => {
    const pair = truth.get(`${from}>${to}`) ?? { expected: 0, delivered: 0, duplicated: 0 }
    truth.set(`${from}>${to}`, pair)
    // Without the sender's key it can never be read there.
    if (to === 'five' && !state.hasLateKey) {
      state.late++
      return []
    }
    pair.expected++
    const chance = random.below(100)
    if (chance < 10) return []
    pair.delivered++
    // A history tells each event once: only a stream repeats one.
    if (chance >= 30 || (chance < 20 && to === 'three' && state.isThreeCut)) return [message]
    pair.duplicated++
    if (chance < 20) return [message, { ...message, isRepeat: true }]
    return [message, { ...message, cid: aCid(`${to} copy of ${message.cid}`) }]
  }
  return { net, truth, state }
}

async function partOf(name: string, { tests }: InfraParts): Promise<Part> {
  const part: Part = { name, part: tests.part('r'), sent: [], received: [] }
  const pages = { sent: [...part.sent], received: [...part.received] }
  for await (const { sent, received } of tests.ledger('r')) {
    pages.sent.push(...sent)
    pages.received.push(...received)
  }
  return { ...part, ...pages }
}

test('a run over five peers with loss, duplicates, a late key and a cut: the ledgers say what happened, exactly', async () => {
  const { net, truth, state } = faultyNet('five peers')
  const links = NAMES.map((name) => new FakeLink(net.peer(name)))
  const daemons = await Promise.all(links.map((link, index) => openInfraParts(join(path, String(index)), link)))
  const close = async (): Promise<void> => {
    for (const daemon of daemons) await daemon[Symbol.asyncDispose]()
  }
  await using _closing = { [Symbol.asyncDispose]: close }
  const [first, ...others] = daemons as [InfraParts, ...InfraParts[]]
  const { invite } = await first.groups.create('chat', { reuse: false })
  for (const { groups } of others) await groups.join('chat', fakeInvites.encode(invite))
  for (const { groups } of daemons) await groups.startReceiving('chat')
  shareKeys(net, NAMES.slice(0, 4))

  const waitFor = NAMES.slice(0, 4).map((name) => net.peers.get(name)?.keysIn(chat).device ?? aKey('nobody'))
  for (const { tests } of daemons)
    await tests.define('chat', '0', aPlan({ amount: AMOUNT, intervalMs: 2, drainMs: 50, whileAway: 'fail' }))
  for (const { tests } of daemons.slice(0, 4)) await tests.start('chat', '0', { run: 'r', waitFor })

  const sent = (): number => first.tests.list({})[0]?.sent ?? 0
  await until('20 messages are sent', () => sent() > 20)
  // In one turn of the event loop, so that no message is sent in between.
  state.hasLateKey = true
  shareKeys(net, NAMES)
  await until('40 messages are sent', () => sent() > 40)
  state.isThreeCut = true
  net.peers.get('three')?.close()
  links[2]?.put(undefined)
  await until('70 messages are sent', () => sent() > 70)
  state.isThreeCut = false
  links[2]?.put(net.again('three'))

  const senders = daemons.slice(0, 4)
  await until('all tests are done', () => senders.every(({ tests }) => tests.list({})[0]?.state === 'done'))
  const all = async (): Promise<Part[]> =>
    Promise.all(daemons.map((daemon, index) => partOf(NAMES[index] ?? '', daemon)))
  const told = [...truth].filter(([pair]) => !pair.startsWith('five')).map(([pair, numbers]) => ({ pair, ...numbers }))
  const sorted = (numbers: readonly { pair: string }[]) => [...numbers].sort((a, b) => (a.pair < b.pair ? -1 : 1))
  await until('everything that was told of is counted', async () => {
    const counted = pairNumbers(await all())
    return (
      counted.reduce((sum, { delivered }) => sum + delivered, 0) >=
      told.reduce((sum, { delivered }) => sum + delivered, 0)
    )
  })
  expect(sorted(pairNumbers(await all()).filter(({ pair }) => !pair.startsWith('five')))).toEqual(sorted(told))
  expect(state.late).toBeGreaterThan(0)
  // Who was cut off could not send meanwhile, and says so.
  const cut = daemons[2]?.tests.list({})[0]
  expect(cut?.sendErrors).toBeGreaterThan(0)
  expect((cut?.sent ?? 0) + (cut?.sendErrors ?? 0)).toBe(AMOUNT)
})

/** These see each other and have each other's keys. */
function shareKeys(net: FakeNet, names: readonly string[]): void {
  const peers = names.map((name) => net.peers.get(name)).filter((peer) => peer !== undefined)
  for (const reader of peers)
    for (const of of peers) {
      const { member, device } = of.keysIn(chat)
      reader.membersOf(chat).add({ type: 'device-added', member, device })
      for (const to of peers)
        reader.membersOf(chat).add({ type: 'key-shared', device, withMember: to.keysIn(chat).member })
    }
}
