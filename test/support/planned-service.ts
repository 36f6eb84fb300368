import {
  type ClientHttp2Session,
  connect,
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import { type Random, randomOf } from '../../src/shared/random.js'
import { framed } from './by-hand.js'

export type Lines = readonly (readonly [name: string, value: string])[]

export const SHAPES = ['Unary', 'Collect', 'Count', 'Chat'] as const
export type Shape = (typeof SHAPES)[number]

/** One call: what its client sends, and what the service answers whatever it was sent. */
export interface Plan {
  readonly shape: Shape
  readonly metadata: Lines
  readonly requests: readonly Buffer[]
  /** Undefined for an answer that is nothing but a status. */
  readonly headers: Lines | undefined
  readonly answers: readonly Buffer[]
  /** With the status. */
  readonly trailers: Lines
}

const NAMES = [
  'x-a',
  'x-b',
  'x-long-name-of-something',
  'accept-language',
  'etag',
  'from',
  'x-a-bin',
  'x-trace-bin',
  'via',
]
const TEXT = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !"#$%&\'()*+,-./:;<=>?@[]^_`{|}~'

/** A call that depends on the seed alone. */
export function planOf(seed: string): Plan {
  const random = randomOf(seed)
  const shape = SHAPES[random.below(SHAPES.length)] as Shape
  const isOk = random.below(3) > 0
  const count = (isMany: boolean, least: number): number => (isMany ? least + random.below(5) : 1)
  const asksMany = shape === 'Collect' || shape === 'Chat'
  const answersMany = shape === 'Count' || shape === 'Chat'
  const isStatusOnly = !isOk && random.below(2) === 0
  const answers = isStatusOnly ? 0 : isOk ? count(answersMany, 0) : answersMany ? random.below(4) : 0
  return {
    shape,
    metadata: linesOf(random),
    requests: messagesOf(random, count(asksMany, 1)),
    headers: isStatusOnly ? undefined : linesOf(random),
    answers: messagesOf(random, answers),
    trailers: [...statusOf(random, isOk), ...linesOf(random)],
  }
}

function statusOf(random: Random, isOk: boolean): Lines {
  if (isOk) return [['grpc-status', '0']]
  const code = random.below(20) === 0 ? 1000 : 1 + random.below(16)
  const messages = ['', 'lost', '100%25 %E2%9C%93', 'two%0Alines', 'a'.repeat(1500)]
  return [
    ['grpc-status', String(code)],
    ['grpc-message', messages[random.below(messages.length)] as string],
    ...(random.below(2) === 0 ? [['grpc-status-details-bin', bytesOf(random, 40).toString('base64')] as const] : []),
  ]
}

function linesOf(random: Random): Lines {
  const lines: (readonly [string, string])[] = []
  for (let left = random.below(7); left > 0; left--) {
    const name = NAMES[random.below(NAMES.length)] as string
    // Of HTTP's own names a field may come once.
    if (!name.startsWith('x-') && lines.some(([known]) => known === name)) continue
    const length = random.below(8) === 0 ? random.below(6_000) : random.below(30)
    lines.push([name, name.endsWith('-bin') ? binary(random, length) : textOf(random, length)])
  }
  return lines
}

function binary(random: Random, length: number): string {
  const text = bytesOf(random, length).toString('base64')
  return random.below(2) === 0 ? text.replace(/=+$/, '') : text
}

const textOf = (random: Random, length: number): string =>
  Array.from({ length }, () => TEXT[random.below(TEXT.length)])
    .join('')
    .trim()

const bytesOf = (random: Random, length: number): Buffer => Buffer.from(Array.from({ length }, () => random.below(256)))

const messagesOf = (random: Random, count: number): Buffer[] =>
  Array.from({ length: count }, () => {
    const length = random.below(5) === 0 ? random.below(200_000) : random.below(200)
    return Buffer.alloc(length, bytesOf(random, 1 + random.below(20)))
  })

/** What arrived at the service. */
export interface Arrived {
  readonly headers: Lines
  readonly body: Buffer
}

export interface PlannedService extends AsyncDisposable {
  readonly url: URL
  /** Of the newest call. */
  readonly arrived: Arrived | undefined
  plan: Plan
}

/** A service on bare HTTP/2 that answers as the plan says. */
export async function startPlannedService(first: Plan): Promise<PlannedService> {
  const server = createServer({ maxHeaderListPairs: 2_000 })
  const sessions = new Set<{ destroy(): void }>()
  let arrived: Arrived | undefined
  let plan = first
  server.on('session', (session) => sessions.add(session))
  server.on('stream', (stream: ServerHttp2Stream, _headers: IncomingHttpHeaders, _flags: number, raw: string[]) => {
    const body: Buffer[] = []
    stream.on('error', () => undefined)
    stream.on('data', (chunk: Buffer) => body.push(chunk))
    stream.on('end', () => {
      arrived = { headers: pairsOf(raw), body: Buffer.concat(body) }
      answer(stream, plan)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    get arrived() {
      return arrived
    },
    get plan() {
      return plan
    },
    set plan(next) {
      plan = next
    },
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

function answer(stream: ServerHttp2Stream, { headers, answers, trailers }: Plan): void {
  const head = { ':status': 200, 'content-type': 'application/grpc+proto' }
  if (!headers) return stream.respond({ ...head, ...toObject(trailers) }, { endStream: true })
  stream.respond({ ...head, ...toObject(headers) }, { waitForTrailers: true })
  stream.once('wantTrailers', () => stream.sendTrailers(toObject(trailers)))
  stream.end(Buffer.concat(answers.map((message) => framed(message))))
}

/** What came back to a client of bare HTTP/2. */
export interface Answered {
  readonly headers: Lines
  readonly body: Buffer
  readonly trailers: Lines
  readonly resetCode: number
}

/** Sends the plan's call. */
export function callByPlan(session: ClientHttp2Session, path: string, { metadata, requests }: Plan): Promise<Answered> {
  const own = { ':method': 'POST', ':path': path, te: 'trailers', 'content-type': 'application/grpc' }
  const stream = session.request({ ...own, ...toObject(metadata) })
  const body: Buffer[] = []
  let headers: Lines = []
  let trailers: Lines = []
  stream.on('response', (_headers, _flags, ...[raw]: unknown[]) => (headers = pairsOf(raw as string[])))
  stream.on('trailers', (_headers, _flags, ...[raw]: unknown[]) => (trailers = pairsOf(raw as string[])))
  stream.on('data', (chunk: Buffer) => body.push(chunk))
  stream.on('error', () => undefined)
  stream.end(Buffer.concat(requests.map((message) => framed(message))))
  return new Promise((done) =>
    stream.once('close', () => done({ headers, body: Buffer.concat(body), trailers, resetCode: stream.rstCode })),
  )
}

export const openSession = (address: { host: string; port: number }): ClientHttp2Session & Disposable => {
  const session = connect(`http://${address.host}:${address.port}`, { maxHeaderListPairs: 2_000 })
  session.on('error', () => undefined)
  return Object.assign(session, { [Symbol.dispose]: () => session.destroy() })
}

function pairsOf(raw: readonly string[]): Lines {
  return Array.from({ length: raw.length / 2 }, (_none, i) => [raw[2 * i] as string, raw[2 * i + 1] as string] as const)
}

function toObject(lines: Lines): OutgoingHttpHeaders {
  const object: Record<string, string | string[]> = {}
  for (const [name, value] of lines) {
    const known = object[name]
    object[name] = known === undefined ? value : [known, value].flat()
  }
  return object
}
