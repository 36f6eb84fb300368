import { expect, test } from 'vitest'
import { Fleet, followMessages } from '../../../src/client/fleet/index.js'
import type { TextMessage } from '../../../src/shared/wire/index.js'
import { type HostAnswers, lasting, startControlHost } from '../../support/control-host.js'
import { until } from '../../support/until.js'

const aMessage = (at: number): TextMessage => ({ cid: Buffer.from([at]), received_at: String(at), body: `m${at}` })
const bodies = (...numbers: readonly number[]): string[] => numbers.map((at) => `m${at}`)

/** A host that keeps these messages, and lists the newest of them first of all. */
const keeping = (...kept: readonly TextMessage[]): HostAnswers => ({
  GetPeer: () => ({ state: 'CONNECTED' }),
  ListMessages: ({ limit = '0' }, gone) => lasting(gone, ...kept.slice(-Number(limit))),
})

/** Follows a host that goes, and comes back on the same port. */
async function followThrough(before: HostAnswers, after: HostAnswers, isShown: (shown: readonly string[]) => boolean) {
  const first = await startControlHost(before)
  const { address } = first
  const access = { address, token: undefined, tls: undefined }
  using fleet = new Fleet([{ name: 'p1', address, kind: 'peer', berty: undefined, access }])
  const stop = new AbortController()
  const [shown, told]: [string[], string[]] = [[], []]
  const options = {
    ...{ group: 'chat', limit: 2, signal: stop.signal, giveUp: '1m' },
    onAway: () => void told.push('away'),
    onBack: () => void told.push('back'),
  }
  const following = (async () => {
    for await (const { body = '' } of followMessages(fleet.peers[0] as (typeof fleet.peers)[number], options))
      shown.push(body)
  })()
  await until('the messages are asked for', () => first.asked.some(({ method }) => method === 'ListMessages'))
  await until('the first are shown', () => isShown(shown))
  await first[Symbol.asyncDispose]()
  await until('the outage is told', () => told.includes('away'))
  await using _back = await startControlHost(after, { port: Number(address.split(':')[1]) })
  await until('the last is shown', () => shown.at(-1) === 'm9')
  stop.abort()
  await following
  return { shown, told }
}

test('messages are followed through an outage of their host: each once, and what came meanwhile', async () => {
  const [old, known] = [[1, 2].map(aMessage), [3, 4].map(aMessage)]
  const before = keeping(...old, ...known)
  const after = keeping(...old, ...known, ...[5, 6, 9].map(aMessage))
  const { shown, told } = await followThrough(before, after, ({ length }) => length === 2)
  expect(shown).toEqual(bodies(3, 4, 5, 6, 9))
  expect(told).toEqual(['away', 'back'])
})

test('a group without a message is waited for as well', async () => {
  expect(await followThrough(keeping(), keeping(aMessage(9)), () => true)).toMatchObject({ shown: ['m9'] })
})

test('a group that was made anew meanwhile goes on with its first message', async () => {
  const { shown } = await followThrough(
    keeping(aMessage(3)),
    keeping(aMessage(8), aMessage(9)),
    (all) => all.length === 1,
  )
  expect(shown).toEqual(bodies(3, 8, 9))
})
