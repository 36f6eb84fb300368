import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openOutboxStore, Outbox, type OutboxStore } from '../../../../src/daemon/outbox/index.js'
import { Lifecycle } from '../../../../src/shared/lifecycle.js'
import type { ReportRequest } from '../../../../src/shared/wire/index.js'
import { quietLog } from '../../../support/quiet-log.js'
import { type ReportEndpoint, startReportEndpoint } from '../../../support/report-endpoint.js'
import { type TempDir, tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'

const CONFIG = { name: 'metering', maxLetters: 1_000, timeoutMs: 2_000, pauses: { firstMs: 1, longestMs: 5 } }

let directory: TempDir
let endpoint: ReportEndpoint
let life: Lifecycle
let lines: string[]
beforeEach(async () => {
  directory = await tempDir()
  endpoint = await startReportEndpoint()
  life = new Lifecycle()
  lines = []
})
afterEach(async () => {
  await life[Symbol.asyncDispose]()
  await endpoint[Symbol.asyncDispose]()
  await directory.remove()
})

const toEndpoint = (text: string): ReportRequest => ({
  method: 'POST',
  url: `${endpoint.url}/usage`,
  headers: { 'X-username': '' },
  body: text,
})

async function open(
  changes: Partial<typeof CONFIG> = {},
  address: (text: string) => ReportRequest | undefined = toEndpoint,
) {
  const log = quietLog(lines)
  const store: OutboxStore = await life.own('store', openOutboxStore(directory.path, { log }))
  return await life.own('outbox', new Outbox({ ...CONFIG, ...changes }, { letters: store.letters('m'), log, address }))
}

const close = async (): Promise<void> => {
  await life[Symbol.asyncDispose]()
  life = new Lifecycle()
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_none, at) => String(at))
const bodies = (): string[] => endpoint.taken.map(({ body }) => body)
const inOrder = (texts: readonly string[]): string[] => [...texts].sort((a, b) => Number(a) - Number(b))

test('all that is added is posted, once each, oldest first', async () => {
  const outbox = await open()
  for (const text of numbers(100)) outbox.add(text)
  await until('all are posted', () => outbox.figures.posted === 100)
  expect(inOrder(bodies())).toEqual(numbers(100))
  // At most so many are under way that the order is mixed.
  bodies().forEach((body, at) => expect(Math.abs(Number(body) - at)).toBeLessThan(64))
  expect(outbox.figures).toEqual({ waiting: 0, posted: 100, failed: 0, dropped: 0 })
})

test('an endpoint that fails in turn (500, hang, reset, no end, redirect) costs nothing, and is told of once', async () => {
  const outbox = await open({ timeoutMs: 50 })
  endpoint.script.push(500, 'hang', 'reset', 'endless', 302, 503, 401, 429, 404)
  for (const text of numbers(40)) outbox.add(text)
  await until('all are posted', () => outbox.figures.posted === 40)
  expect(inOrder([...new Set(bodies())])).toEqual(inOrder(numbers(40)))
  expect(outbox.figures.failed).toBeGreaterThanOrEqual(9)
  expect(outbox.figures).toMatchObject({ waiting: 0, dropped: 0 })
  expect(outbox.health()).toEqual({ ok: true })
})

test('any answer of 200 is a yes, whatever else it says', async () => {
  const outbox = await open()
  endpoint.script.push('nonsense')
  outbox.add('1')
  await until('it is posted', () => outbox.figures.posted === 1)
  expect(endpoint.all.length).toBe(1)
})

test('while nobody is there few ask, and it is said in log and health until somebody is', async () => {
  const outbox = await open()
  endpoint.manner = () => 503
  for (const text of numbers(200)) outbox.add(text)
  await until('it has asked some times', () => outbox.figures.failed > 50)
  expect(outbox.health()).toEqual({ ok: true, reason: 'nobody can be told: HTTP status 503' })
  expect(lines.filter((line) => line.includes('nobody can be told')).length).toBe(1)
  // The first time with many; then with the oldest and the newest.
  expect(new Set(endpoint.all.slice(32).map(({ body }) => body)).size).toBeLessThanOrEqual(3)
  endpoint.manner = () => 200
  await until('all are posted', () => outbox.figures.posted === 200)
  expect(lines.filter((line) => line.includes('told again')).length).toBe(1)
  expect(outbox.health()).toEqual({ ok: true })
})

test('what was not posted before a stop is posted after the next start', async () => {
  endpoint.manner = () => 'hang'
  const before = await open()
  for (const text of numbers(50)) before.add(text)
  await close()
  endpoint.manner = () => 200
  const after = await open()
  expect(after.figures.waiting).toBe(50)
  after.add('50')
  await until('all are posted', () => after.figures.posted === 51)
  expect(inOrder(bodies())).toEqual(numbers(51))
  await close()
  expect((await open()).figures.waiting).toBe(0)
})

test('of more than the bound the oldest are dropped, counted and told', async () => {
  endpoint.manner = () => 503
  const outbox = await open({ maxLetters: 10 })
  for (const text of numbers(5)) outbox.add(text)
  await until('some are durable, and were tried', () => outbox.figures.failed > 0)
  for (const text of numbers(25).slice(5)) outbox.add(text)
  expect(outbox.figures).toMatchObject({ waiting: 10, dropped: 15 })
  endpoint.manner = () => 200
  await until('the rest is posted', () => outbox.figures.waiting === 0)
  expect(new Set(inOrder(bodies()).slice(-10))).toEqual(new Set(numbers(25).slice(15)))
  await close()
  expect(lines.filter((line) => line.includes('the oldest is dropped')).length).toBeGreaterThan(0)
})

test('what matters less is not taken from half of the bound on', async () => {
  endpoint.manner = () => 503
  const outbox = await open({ maxLetters: 10 })
  for (const text of numbers(20)) outbox.add(text, { isMinor: true })
  expect(outbox.figures).toMatchObject({ waiting: 5, dropped: 15 })
  for (const text of numbers(5)) outbox.add(text)
  expect(outbox.figures).toMatchObject({ waiting: 10, dropped: 15 })
})

test('one that is refused, that cannot be told, or that fails while others are taken holds nobody up', async () => {
  endpoint.manner = ({ body }) => (body === '1' ? 400 : body === '2' ? 500 : 200)
  const outbox = await open({}, (text) => {
    if (text === '3') throw new Error('none of it')
    return toEndpoint(text)
  })
  for (const text of numbers(10)) outbox.add(text)
  let next = 10
  await until('the bad ones are given up', () => {
    if (outbox.figures.waiting <= 1) outbox.add(String(next++))
    return outbox.figures.dropped === 3
  })
  await until('all others are posted', () => outbox.figures.waiting === 0)
  expect(inOrder(bodies())).toEqual(numbers(next).filter((text) => !['1', '2', '3'].includes(text)))
})

test('what nobody is to be told of any more goes', async () => {
  const outbox = await open({}, () => undefined)
  outbox.add('1')
  await until('it is gone', () => outbox.figures.waiting === 0)
  expect(endpoint.all).toEqual([])
})

test('a letter without an end is not kept, and what comes after the close neither', async () => {
  const outbox = await open()
  outbox.add('x'.repeat(20_000))
  expect(outbox.figures).toMatchObject({ waiting: 0, dropped: 1 })
  await close()
  outbox.add('1')
  expect(outbox.figures.dropped).toBe(2)
})

test('adding costs its caller some microseconds', async () => {
  endpoint.manner = () => 503
  const outbox = await open({ maxLetters: 100_000 })
  const text = JSON.stringify({ of: 'call', facts: 'x'.repeat(800) })
  const start = performance.now()
  for (let i = 0; i < 2_000; i++) outbox.add(text)
  // Some 2 µs each; a hundred times as much is a machine that does something else.
  expect((performance.now() - start) / 2_000).toBeLessThan(0.2)
})

test('a damaged store is put aside, and said', async () => {
  await open()
  await close()
  await writeFile(join(directory.path, 'outbox', 'data.mdb'), Buffer.alloc(40_000, 7))
  const outbox = await open()
  outbox.add('1')
  await until('it is posted', () => outbox.figures.posted === 1)
  expect((await readdir(directory.path)).some((name) => name.startsWith('outbox.damaged-'))).toBe(true)
  expect(lines.join()).toContain('their store is damaged, and put aside')
})
