import { beforeEach, describe, expect, test } from 'vitest'
import type { TestPlan } from '../../../../src/daemon/infra/contract/records.js'
import { FakeLink, FakeNet, type FakeBerty } from '../../../support/fake-berty-port.js'
import { aKey, aPlan } from '../../../support/infra-builders.js'
import { openInfraParts, type InfraParts } from '../../../support/infra-daemon.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'

let path: string
let net: FakeNet
let berty: FakeBerty
let link: FakeLink
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  net = new FakeNet()
  berty = net.peer('one')
  link = new FakeLink(berty)
  return temp.remove
})

const chat = aKey('group chat')

async function start(parts: InfraParts, plan: Partial<TestPlan>): Promise<void> {
  if (parts.groups.list().length === 0) await parts.groups.create('chat', { reuse: false })
  await parts.tests.define('chat', '0', aPlan(plan))
  await parts.tests.start('chat', '0', { run: 'r' })
}

const view = ({ tests }: InfraParts) => tests.list({})[0]
const isIn = (parts: InfraParts, state: string) => until(`the test is ${state}`, () => view(parts)?.state === state)
const sent = (parts: InfraParts, least: number) =>
  until(`${least} messages are sent`, () => (view(parts)?.sent ?? 0) >= least)

describe('a Berty that goes away in the middle', () => {
  test('is waited for by the closed model: nothing fails, no number is left out, and the wait is on record', async () => {
    await using parts = await openInfraParts(path, link)
    await start(parts, { amount: 40, intervalMs: 2 })
    await sent(parts, 3)
    const before = Date.now() * 1_000
    link.put(undefined)
    await isIn(parts, 'waiting')
    const wait = view(parts)?.waits?.at(-1)
    expect(wait).toMatchObject({ reason: 'Berty is away: taken away' })
    expect(wait?.since).toBeGreaterThanOrEqual(before)
    expect(wait?.until).toBeUndefined()
    expect(view(parts)?.isRunning).toBe(true)
    link.put(berty)
    await isIn(parts, 'done')
    expect(view(parts)).toMatchObject({ end: 'completed', sent: 40, sendErrors: 0, sentUnknown: 0 })
    expect(view(parts)?.waits?.at(-1)?.until).toBeGreaterThanOrEqual(wait?.since ?? Infinity)
    expect([...parts.store.readSent('r')].map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 40 }, (_, at) => at + 1),
    )
  })

  test('before anybody has noticed: a send that has reached nobody is sent again under its number', async () => {
    await using parts = await openInfraParts(path, link)
    let refusals = 2
    berty.onSend = () =>
      refusals-- > 0 ? Promise.resolve({ outcome: 'error', reason: 'refused', isUnsent: true }) : undefined
    await start(parts, { amount: 2 })
    await isIn(parts, 'done')
    expect(view(parts)).toMatchObject({ sent: 2, sendErrors: 0 })
    expect([...parts.store.readSent('r')].map(({ sequence }) => sequence)).toEqual([1, 2])
  })

  test('is not waited for where sends are to fail: each says why', async () => {
    await using parts = await openInfraParts(path, link)
    await start(parts, { amount: 20, intervalMs: 2, whileAway: 'fail' })
    await sent(parts, 2)
    link.put(undefined)
    await isIn(parts, 'done')
    expect((view(parts)?.sent ?? 0) + (view(parts)?.sendErrors ?? 0)).toBe(20)
    const reasons = [...parts.store.readSent('r')].flatMap(({ outcome, reason }) =>
      outcome === 'error' ? [reason] : [],
    )
    expect(new Set(reasons)).toEqual(new Set(['Berty is away: taken away']))
  })

  test('leaves a gap in the open model, which is on record: what was due meanwhile has failed', async () => {
    await using parts = await openInfraParts(path, link)
    await start(parts, { amount: 60, rate: 300 })
    await sent(parts, 5)
    link.put(undefined)
    await isIn(parts, 'waiting')
    await until('what was due has failed', () => (view(parts)?.sendErrors ?? 0) >= 3)
    link.put(berty)
    await isIn(parts, 'done')
    const { sent: out = 0, sendErrors = 0, sentUnknown = 0, waits = [] } = view(parts) ?? {}
    expect(out + sendErrors + sentUnknown).toBe(60)
    expect(waits).toHaveLength(1)
    const failed = [...parts.store.readSent('r')].filter(({ outcome }) => outcome === 'error')
    for (const { reason, sentAt } of failed) {
      expect(reason).toBe('Berty is away: taken away')
      expect(sentAt).toBeGreaterThanOrEqual((waits[0]?.since ?? 0) - 1_000_000)
      expect(sentAt).toBeLessThanOrEqual((waits[0]?.until ?? 0) + 1_000_000)
    }
  })

  test('for good keeps the test waiting until it is stopped, and burns nothing', async () => {
    await using parts = await openInfraParts(path, link)
    await start(parts, { amount: 1_000, intervalMs: 2 })
    await sent(parts, 2)
    link.put(undefined)
    await isIn(parts, 'waiting')
    const { sent: before } = view(parts) ?? {}
    expect(await parts.tests.stop({})).toMatchObject([{ state: 'done', end: 'stopped', sent: before, sendErrors: 0 }])
    expect(view(parts)?.waits?.at(-1)?.until).toBe(view(parts)?.endedAt)
  })
})

describe('a test that is resumed', () => {
  const leaveRunning = async (plan: Partial<TestPlan>): Promise<void> => {
    await using parts = await openInfraParts(path, link)
    await start(parts, plan)
    await sent(parts, 2)
  }

  test.each([
    ['closed', { amount: 60, intervalMs: 20 }],
    ['open', { amount: 60, rate: 40 }],
  ])(
    'waits for the list of its members, in the %s model: the first sends are expected of all',
    async (_model, plan) => {
      const two = net.peer('two')
      two.groups.set(chat, true)
      berty.groups.set(chat, true)
      berty.exchangeKeys(chat)
      await leaveRunning(plan)
      let list = (): void => undefined
      berty.membersListed = new Promise((done) => (list = done))
      await using again = await openInfraParts(path, link)
      await isIn(again, 'waiting')
      expect(view(again)?.waits?.at(-1)?.reason).toBe('the list of the group’s members has not been read yet')
      const { sent: before } = view(again) ?? {}
      list()
      await isIn(again, 'done')
      expect(view(again)?.sent).toBeGreaterThan(before ?? Infinity)
      const { member } = two.keysIn(chat)
      const epochs = new Map(
        again.store.readEpochs('r', { group: 'chat', test: '0' }).map((each) => [each.epoch, each]),
      )
      for (const { epoch, sequence } of again.store.readSent('r'))
        expect([sequence, epochs.get(epoch)?.members]).toEqual([sequence, [member]])
    },
  )

  test('waits as long as it takes for its Berty, says so, and goes on when it is there', async () => {
    await leaveRunning({ amount: 60, intervalMs: 20 })
    const later = new FakeLink()
    await using again = await openInfraParts(path, later)
    await isIn(again, 'waiting')
    expect(view(again)?.waits?.at(-1)?.reason).toBe('Berty is away: taken away')
    later.put(berty)
    await isIn(again, 'done')
    expect(view(again)).toMatchObject({ end: 'completed', sendErrors: 0 })
    expect(view(again)?.sent).toBe(60)
  })
})
