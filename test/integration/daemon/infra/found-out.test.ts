import { setMaxListeners } from 'node:events'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Sent } from '../../../../src/daemon/infra/contract/berty.js'
import type { SentEntry, TestPlan } from '../../../../src/daemon/infra/contract/records.js'
import { parseHeader, textBody } from '../../../../src/daemon/infra/message/index.js'
import { FakeLink, FakeNet, type FakeBerty } from '../../../support/fake-berty-port.js'
import { aCid, aKey, aPlan } from '../../../support/infra-builders.js'
import { openInfraParts, type InfraParts } from '../../../support/infra-daemon.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'

let path: string
let berty: FakeBerty
let link: FakeLink
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  berty = new FakeNet().peer('one')
  link = new FakeLink(berty)
  return temp.remove
})

const chat = aKey('group chat')
const OWN = { group: 'chat', test: '0' }

async function start(parts: InfraParts, plan: Partial<TestPlan>): Promise<void> {
  await parts.groups.create('chat', { reuse: false })
  await parts.tests.define('chat', '0', aPlan(plan))
  await parts.tests.start('chat', '0', { run: 'r' })
}

const view = ({ tests }: InfraParts) => tests.list(OWN)[0]
const ended = (parts: InfraParts) => until('the test is done', () => view(parts)?.state === 'done')
const sentIn = ({ store }: InfraParts): SentEntry[] => [...store.readSent('r')]

/** Sends that Berty never answers; those of `taken` it has in its list all the same. */
function leaveUnanswered(isTaken: (at: number) => boolean): { readonly asked: string[] } {
  const asked: string[] = []
  berty.onSend = (body, signal) =>
    new Promise<Sent>((done) => {
      const at = asked.push(body) - 1
      if (isTaken(at)) listAsOwn(at, body)
      if (signal) setMaxListeners(0, signal)
      signal?.addEventListener('abort', () => done({ outcome: 'unknown', reason: 'aborted' }))
    })
  return { asked }
}
function listAsOwn(at: number, body: string): void {
  const content = { type: 'user', body, sentDateMs: Date.now(), mediaCids: [] } as const
  berty.receive(chat, '', { cid: cidOf(at), device: berty.keysIn(chat).device, content })
}
const cidOf = (at: number) => aCid(`taken ${at}`)

/** A daemon that is stopped in mid-run with so many sends under way, in the open model. */
async function leaveInFlight(plan: Partial<TestPlan>, isTaken: (at: number) => boolean, count = 6): Promise<void> {
  await using parts = await openInfraParts(path, link)
  const { asked } = leaveUnanswered(isTaken)
  await start(parts, { rate: 1_000, amount: count, ...plan })
  await until('all are under way', () => asked.length === count)
}

describe('sends that the end of a daemon has cut off', () => {
  test('are looked up by run, test and sequence: what Berty has is sent, with its id; the rest was interrupted', async () => {
    await leaveInFlight({}, (at) => at % 2 === 0)
    berty.onSend = undefined
    await using again = await openInfraParts(path, link)
    await ended(again)
    expect(view(again)).toMatchObject({ end: 'completed', sent: 3, sendErrors: 3, sentUnknown: 0 })
    const { device } = berty.keysIn(chat)
    const taken = berty.messagesOf(chat).items.filter((message) => message.device === device)
    const listed = taken.map(({ content, cid }) => [
      parseHeader(content.type === 'user' ? content.body : '')?.sequence,
      cid,
    ])
    const entries = sentIn(again)
    expect(entries.flatMap(({ outcome, sequence, cid }) => (outcome === 'sent' ? [[sequence, cid]] : []))).toEqual(
      listed,
    )
    expect(entries.flatMap(({ outcome, reason }) => (outcome === 'error' ? [reason] : []))).toEqual([
      'interrupted',
      'interrupted',
      'interrupted',
    ])
    // None of the numbers is used again.
    expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6])
    expect(berty.messagesOf(chat).items).toHaveLength(3)
    expect(again.store.findSend('chat', cidOf(0))).toMatchObject({ run: 'r', test: '0' })
  })

  test('have their acknowledgements, also those that came while nobody knew what they were for', async () => {
    await leaveInFlight({}, (at) => at === 0, 1)
    berty.onSend = undefined
    berty.receive(chat, 'two', { content: { type: 'acknowledge', target: cidOf(0) } })
    await using again = await openInfraParts(path, link)
    await ended(again)
    expect(view(again)).toMatchObject({ sent: 1, acknowledged: 1 })
    expect([...again.store.readAcks('r')]).toMatchObject([{ cid: cidOf(0), device: aKey('two') }])
  })

  test('are sent as soon as the next daemon finds them; the others are in doubt until the drain is over', async () => {
    await leaveInFlight({ drainMs: 3_600_000 }, (at) => at === 0, 2)
    berty.onSend = undefined
    berty.receive(chat, 'two', { content: { type: 'acknowledge', target: cidOf(0) } })
    await using again = await openInfraParts(path, link)
    await until('what is in the list is found', () => view(again)?.sent === 1)
    expect(view(again)).toMatchObject({ isRunning: true, sendErrors: 0, sentUnknown: 1, acknowledged: 1 })
    expect(again.store.findSend('chat', cidOf(0))).toMatchObject({ run: 'r', test: '0' })
    // It had been queued, and comes late.
    listAsOwn(1, `m1 r 0 2 ${(1).toString(36)} late`)
    await again.tests.stop(OWN)
    expect(view(again)).toMatchObject({ sent: 2, sendErrors: 0, sentUnknown: 0, acknowledged: 1 })
  })

  test('without a header wait for the end: while others go out their body may be that of one of those', async () => {
    await leaveInFlight({ size: 10, drainMs: 3_600_000 }, () => true, 1)
    berty.onSend = undefined
    await using again = await openInfraParts(path, link)
    await until('the list was read', () => berty.calls.includes('scanMessages'))
    await again.store.flush()
    expect(view(again)).toMatchObject({ sent: 0, sentUnknown: 1 })
    await again.tests.stop(OWN)
    expect(view(again)).toMatchObject({ sent: 1, sentUnknown: 0 })
  })

  test('without a header are found by their body, unless two have the same', async () => {
    // Of bodies of two letters some are alike, and most are not.
    await leaveInFlight({ size: 2, amount: 64 }, (at) => at % 2 === 0, 64)
    const alike = new Map<string, number>()
    berty.onSend = undefined
    await using again = await openInfraParts(path, link)
    const bodyOf = (sequence: number): string =>
      textBody({ seed: 'seed', size: 2 }, { run: 'r', test: '0', sequence, sentAt: 1 })
    for (let sequence = 1; sequence <= 64; sequence++)
      alike.set(bodyOf(sequence), (alike.get(bodyOf(sequence)) ?? 0) + 1)
    await ended(again)
    const listed = new Set(
      berty.messagesOf(chat).items.map(({ content }) => (content.type === 'user' ? content.body : '')),
    )
    for (const { sequence, outcome, reason } of sentIn(again)) {
      const body = bodyOf(sequence)
      if (!listed.has(body)) expect([sequence, outcome, reason]).toEqual([sequence, 'error', 'interrupted'])
      else expect([sequence, outcome]).toEqual([sequence, alike.get(body) === 1 ? 'sent' : 'unknown'])
    }
    expect(view(again)?.sent).toBeGreaterThan(20)
    expect(view(again)?.sentUnknown).toBe(sentIn(again).filter(({ outcome }) => outcome === 'unknown').length)
  })

  test('stay unknown where they are media', async () => {
    link.put((berty = new FakeNet().peer('one', { hasMedia: true, era: 'A' })))
    {
      await using parts = await openInfraParts(path, link)
      let isAsked = false
      berty.sendMedia = (_group, _media, options) =>
        new Promise<Sent>((done) => {
          isAsked = true
          options?.signal?.addEventListener('abort', () => done({ outcome: 'unknown', reason: 'aborted' }))
        })
      await start(parts, { type: 'media', size: 100, amount: 1 })
      await until('it is under way', () => isAsked)
    }
    await using again = await openInfraParts(path, link)
    await ended(again)
    expect(view(again)).toMatchObject({ sent: 0, sendErrors: 0, sentUnknown: 1 })
  })
})

test('sends that a stop gives up are found out alike, before the test is done', async () => {
  await using parts = await openInfraParts(path, link)
  const { asked } = leaveUnanswered((at) => at === 1)
  await start(parts, { rate: 1_000, amount: 3 })
  await until('all are under way', () => asked.length === 3)
  expect(await parts.tests.stop(OWN)).toMatchObject([
    { state: 'done', end: 'stopped', sent: 1, sendErrors: 2, sentUnknown: 0 },
  ])
})

describe('a stop with the Berty away', () => {
  /** A test that was stopped when its Berty had gone with a send under way, which is in its list or not. */
  async function stopAway(parts: InfraParts, isTaken: boolean): Promise<void> {
    const { asked } = leaveUnanswered(() => isTaken)
    await start(parts, { amount: 1, drainMs: 50 })
    await until('it is under way', () => asked.length === 1)
    link.put(undefined)
    expect(await parts.tests.stop(OWN)).toMatchObject([{ end: 'stopped', sentUnknown: 1 }])
  }

  test.each([
    [true, { sent: 1, sendErrors: 0 }],
    [false, { sent: 0, sendErrors: 1 }],
  ])('leaves what is under way unknown until it is back (taken: %s)', async (isTaken, counts) => {
    await using parts = await openInfraParts(path, link)
    await stopAway(parts, isTaken)
    expect(berty.calls).not.toContain('scanMessages')
    link.put(berty)
    await until('it is known', () => view(parts)?.sentUnknown === 0)
    expect(view(parts)).toMatchObject({ state: 'done', end: 'stopped', ...counts })
  })

  test('is found out by the next daemon, too, and by none whose group is gone', async () => {
    {
      await using parts = await openInfraParts(path, link)
      await stopAway(parts, true)
    }
    {
      await using again = await openInfraParts(path, link)
      expect(view(again)).toMatchObject({ sentUnknown: 1 })
      link.put(berty)
      await until('it is known', () => view(again)?.sent === 1)
      await again.groups.leave('chat')
    }
    await using last = await openInfraParts(path, link)
    expect(last.tests.part('r').tests).toMatchObject([{ test: { sent: 1, sentUnknown: 0 } }])
  })
})
