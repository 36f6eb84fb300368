import { expect, test } from 'vitest'
import { answerWith, hang, identity, ofHook, openHookedLog, reset, startEndpoint } from '../../../support/hooked-log.js'
import { until } from '../../../support/until.js'

const webhook = (url: string, changes: object = {}) => ({
  ...{ ...ofHook, kind: 'webhook' as const, url: `${url}/services/canary-path?x=canary-query` },
  ...{ authorization: 'Bearer canary-header', ...changes },
})
const bot = (apiUrl: string, changes: object = {}) => ({
  ...{ ...ofHook, kind: 'telegram_bot' as const, apiUrl, apiKey: '123:canary-key', chatId: '-100987', isSilent: true },
  ...changes,
})

interface Told {
  readonly skipped: number
  readonly events: readonly { readonly message: string; readonly fields: object }[]
}
const messagesOf = (asked: readonly { body: unknown }[]): string[][] =>
  asked.map(({ body }) => (body as Told).events.map(({ message }) => message))

test('a webhook is told of lines of its levels, as they are in the log', async () => {
  await using endpoint = await startEndpoint()
  await using hooked = await openHookedLog([webhook(endpoint.url)])
  hooked.log.info('nothing for hooks')
  hooked.log.error('it failed', { amount: 2n ** 70n, token: 'canary', error: new Error('at http://u:canary@host/x') })
  await until('it is told', () => endpoint.asked.length > 0)
  const [{ path, headers, body }] = endpoint.asked as [(typeof endpoint.asked)[0]]
  expect(path).toBe('/services/canary-path?x=canary-query')
  expect(headers).toMatchObject({ 'content-type': 'application/json', authorization: 'Bearer canary-header' })
  expect(body).toEqual({
    ...identity,
    skipped: 0,
    events: [
      {
        time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        shownTime: expect.any(String) as string,
        level: 'error',
        message: 'it failed',
        fields: { amount: String(2n ** 70n), token: '(hidden)' },
        stack: expect.stringContaining('Error: at http://(hidden)@host/(hidden)') as string,
      },
    ],
  })
})

test('what fails in turn is tried again, later each time, and the line is told once', async () => {
  const answers = [
    answerWith(500, {}, 'canary-key'),
    answerWith(429, { 'retry-after': '7' }),
    hang,
    reset,
    answerWith(503, { 'retry-after': new Date(Date.now() + 30_000).toUTCString() }),
  ]
  await using endpoint = await startEndpoint(answers)
  await using hooked = await openHookedLog([webhook(endpoint.url)], { sendMs: 300 })
  hooked.log.warn('told at last')
  await until('it has answered', () => endpoint.asked.length === 6)
  expect(messagesOf(endpoint.asked)).toEqual(Array(6).fill(['told at last']))
  const [first = 0, second = 0, third = 0, fourth = 0, last = 0] = hooked.pauses
  expect([first <= 1_000, second >= 7_000, third <= 4_000, fourth > third / 2, last > 25_000]).toEqual(
    Array(5).fill(true),
  )
  hooked.log.warn('the next')
  await until('it is told', () => endpoint.asked.length === 7)
  const log = await hooked.written()
  expect(log).toMatch(
    /"hook":"ops",.*"reason":"HTTP status 500","msg":"a hook of the log could not be told, and is tried/,
  )
  expect(log).not.toContain('canary')
  // Its own trouble is a warning, and warnings are what it is told of.
  expect(messagesOf(endpoint.asked).at(-1)).toEqual(['the next'])
})

test.each([400, 401, 404, 302])('what is refused with %s is left out, and said so with the next', async (status) => {
  await using endpoint = await startEndpoint([answerWith(status, { location: '/elsewhere' })])
  await using hooked = await openHookedLog([webhook(endpoint.url)])
  hooked.log.warn('one')
  await until('it is asked', () => endpoint.asked.length === 1)
  hooked.log.warn('two')
  await until('it is told', () => endpoint.asked.length === 2)
  expect(endpoint.asked[1]?.body).toMatchObject({ skipped: 1, events: [{ message: 'two' }] })
  await until('it is logged', async () => (await hooked.written()).includes('which is left out'))
})

test('a user in the URL is sent as such', async () => {
  await using endpoint = await startEndpoint()
  const url = `${endpoint.url.replace('//', '//me:p%40ss@')}/x`
  await using hooked = await openHookedLog([webhook('', { url, authorization: undefined })])
  hooked.log.warn('one')
  await until('it is told', () => endpoint.asked.length === 1)
  expect(endpoint.asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`)
})

test('a bot writes what the reference writes, and waits as long as it is told', async () => {
  const busy = JSON.stringify({
    ok: false,
    description: 'Too Many Requests: 123:canary-key',
    parameters: { retry_after: 3 },
  })
  await using endpoint = await startEndpoint([answerWith(429, {}, busy)])
  await using hooked = await openHookedLog([bot(endpoint.url)])
  hooked.log.error('it failed\u001b[2J\nLog level: forged', { channel: 7 })
  await until('it is told', () => endpoint.asked.length === 2)
  expect(endpoint.asked[1]).toMatchObject({
    path: '/bot123:canary-key/sendMessage',
    body: { chat_id: -100987, disable_notification: true },
  })
  const { text } = endpoint.asked[1]?.body as { text: string }
  expect(text.replace(/^(Time.*: ).*$/gm, '$1…').split('\n')).toEqual([
    'OrgID: org',
    'ServiceID: svc',
    'Network: sepolia',
    'Host: here',
    'Daemon version: 1.2.3',
    'Log level: error',
    'Time UTC: …',
    'Time: …',
    String.raw`Message: it failed\u001b[2J\u000aLog level: forged`,
    'Fields: {"channel":7}',
  ])
  expect(hooked.pauses).toEqual([expect.toSatisfy((ms: number) => ms >= 3_000)])
  await until('the log tells why', async () => (await hooked.written()).includes('Too Many Requests: (hidden)'))
  expect(await hooked.written()).not.toContain('canary')
})

test('lines that come together are one message, as long as one may be', async () => {
  await using endpoint = await startEndpoint()
  await using hooked = await openHookedLog([bot(endpoint.url)])
  for (let i = 0; i < 30; i++) hooked.log.warn(`line ${i}`, { filler: 'x'.repeat(300) })
  hooked.log.warn('y'.repeat(5_000))
  const texts = () => endpoint.asked.map(({ body }) => (body as { text: string }).text)
  await until('all are told', () => texts().join('').includes('yyy'))
  expect(texts().length).toBeLessThan(8)
  expect(Math.max(...texts().map((text) => text.length))).toBeLessThanOrEqual(4_096)
  expect(
    texts()
      .join('')
      .match(/line \d+/g),
  ).toEqual(Array.from({ length: 30 }, (_, i) => `line ${i}`))
})

test('no more messages are sent than per minute are wanted', async () => {
  await using endpoint = await startEndpoint()
  await using hooked = await openHookedLog([webhook(endpoint.url, { perMinute: 4 })])
  hooked.log.warn('first')
  await until('it is told', () => endpoint.asked.length === 1)
  hooked.log.warn('second')
  hooked.log.warn('third')
  await until('they are told', () => endpoint.asked.length === 2)
  expect(messagesOf(endpoint.asked)).toEqual([['first'], ['second', 'third']])
  expect(hooked.pauses).toEqual([15_000])
})

test('of a flood, what is too many is counted; nobody who logs waits', async () => {
  await using endpoint = await startEndpoint([hang])
  await using hooked = await openHookedLog([webhook(endpoint.url)], { sendMs: 700 })
  hooked.log.warn('the first')
  await until('it is asked', () => endpoint.asked.length === 1)
  for (let i = 0; i < 1_000; i++) hooked.log.warn(`line ${i}`)
  expect(endpoint.asked).toHaveLength(1)
  await until('the bound is told', () => messagesOf(endpoint.asked).flat().includes('line 198'))
  expect((endpoint.asked[1]?.body as Told).skipped).toBe(801)
  expect(messagesOf(endpoint.asked).slice(1).flat()).toHaveLength(200)
})

test('at the end the last lines are told, whatever is waited for', async () => {
  await using endpoint = await startEndpoint([answerWith(429, { 'retry-after': '600' })])
  await using hooked = await openHookedLog([webhook(endpoint.url)], { isSlow: true })
  hooked.log.warn('one')
  await until('it waits', () => hooked.pauses.length === 1)
  hooked.log.warn('last')
  await hooked.hooks[Symbol.asyncDispose]()
  expect(messagesOf(endpoint.asked)).toEqual([['one'], ['one', 'last']])
})

test('an endpoint that hangs holds the end up for a moment, and what is lost is logged', async () => {
  await using endpoint = await startEndpoint([hang, hang])
  await using hooked = await openHookedLog([webhook(endpoint.url)])
  hooked.log.warn('one')
  await until('it is asked', () => endpoint.asked.length === 1)
  await hooked.hooks[Symbol.asyncDispose]()
  const lost = /"hook":"ops","waiting":1,"lines":1,"msg":"a hook of the log was not told of the last lines"/
  await until('it is logged', async () => lost.test(await hooked.written()))
})
