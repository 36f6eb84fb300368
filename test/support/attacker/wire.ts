import { connect as connectHttp2 } from 'node:http2'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { takeTime } from '../take-time.js'
import { type Book, type Kept, keptIn } from './books.js'
import type { Place } from './plan.js'
import type { Scene } from './scene.js'
import { outlive } from '../../../src/shared/outlive.js'

/** Bytes of answers that are looked at; the rest is read and forgotten. */
const KEPT_BYTES = 256 * 1024

export interface Visit {
  /** Sent one after the other. */
  readonly parts: readonly Buffer[]
  /** Between two parts. */
  readonly pauseMs?: number
  /** How long the visitor stays at most. */
  readonly stayMs: number
  /** When he has seen enough. */
  readonly enough?: (received: Buffer) => boolean
  /** What he offers within TLS; `[]` for nothing. */
  readonly alpn?: readonly string[]
  /** He ends his side behind the last part. */
  readonly halfClosed?: boolean
  /** He reads nothing. */
  readonly unread?: boolean
}

/** A connection of its own, by the byte; resolves with what came back. */
export async function visit(scene: Scene, place: Place, terms: Visit): Promise<Buffer> {
  const { stayMs, enough, halfClosed, unread } = terms
  const socket = dial(place, terms.alpn)
  const left = hold(scene, place, socket, stayMs)
  let seen = Buffer.alloc(0)
  if (unread) socket.pause()
  else
    socket.on('data', (chunk: Buffer) => {
      if (seen.length < KEPT_BYTES) seen = Buffer.concat([seen, chunk])
      if (enough?.(seen)) socket.destroy()
    })
  for (const part of terms.parts) {
    if (socket.destroyed) break
    socket.write(part)
    if (terms.pauseMs) await Promise.race([takeTime(terms.pauseMs), left])
  }
  if (halfClosed) socket.end()
  await left
  return seen
}

/** What offers nothing in particular offers h2. */
function dial({ host, port, tls }: Place, alpn: readonly string[] = ['h2']): Socket {
  if (!tls) return connectTcp({ host, port, allowHalfOpen: true })
  return connectTls({ host, port, rejectUnauthorized: false, ALPNProtocols: [...alpn] })
}

/** Resolves when the socket is closed, by whomever, at the end of its time at the latest. */
function hold(scene: Scene, place: Place, socket: Socket, stayMs: number): Promise<void> {
  const leave = (): void => void socket.destroy()
  const timer = setTimeout(leave, stayMs)
  scene.signal.addEventListener('abort', leave)
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') scene.refused(place)
  })
  return new Promise((done) =>
    socket.once('close', () => {
      clearTimeout(timer)
      scene.signal.removeEventListener('abort', leave)
      done()
    }),
  )
}

export interface Question {
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Undefined leaves the request open, without a word. */
  readonly body?: Buffer | undefined
  readonly stayMs: number
  /** Room for answers that the client gives; 0 takes nothing. */
  readonly window?: number
  readonly cancelAfterMs?: number
}

export interface Answered {
  /** `grpc-status`, wherever it stood; undefined when none came. */
  readonly status: string | undefined
  readonly message: string
  readonly body: Buffer
}

/** A call on a connection of its own, as a client makes it. */
export async function ask(scene: Scene, place: Place, question: Question): Promise<Answered> {
  const { host, port, tls } = place
  const { path, headers = {}, body, stayMs, window, cancelAfterMs } = question
  const session = connectHttp2(`${tls ? 'https' : 'http'}://${host}:${port}`, {
    rejectUnauthorized: false,
    ...(window !== undefined && { settings: { initialWindowSize: window } }),
  })
  session.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') scene.refused(place)
  })
  const leave = (): void => session.destroy()
  const timers = [setTimeout(leave, stayMs)]
  scene.signal.addEventListener('abort', leave)
  let told: Record<string, unknown> = {}
  let answer = Buffer.alloc(0)
  const stream = session.request({ ...GRPC, ':path': path, ...headers }, { endStream: false })
  // This process leaves in the middle of header blocks, too.
  outlive(session, stream)
  stream.on('error', () => undefined)
  stream.on('response', (block) => (told = { ...block })).on('trailers', (block) => (told = { ...told, ...block }))
  stream.on('data', (chunk: Buffer) => {
    if (answer.length < KEPT_BYTES) answer = Buffer.concat([answer, chunk])
  })
  if (body) stream.end(body)
  if (cancelAfterMs !== undefined) timers.push(setTimeout(() => stream.close(CANCEL), cancelAfterMs))
  await new Promise((done) => stream.once('close', done))
  for (const timer of timers) clearTimeout(timer)
  scene.signal.removeEventListener('abort', leave)
  session.destroy()
  return { status: textOf(told['grpc-status']), message: textOf(told['grpc-message']) ?? '', body: answer }
}

const CANCEL = 8
const GRPC = { ':method': 'POST', 'content-type': 'application/grpc', te: 'trailers' }
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const STATE = '/escrow.PaymentChannelStateService/GetChannelState'
const STATE_MS = 10_000

/** What the daemon keeps of a channel; undefined when it does not tell. */
export async function readState(scene: Scene, place: Place, book: Book): Promise<Kept | undefined> {
  const { status, body } = await ask(scene, place, { path: STATE, body: book.question(), stayMs: STATE_MS })
  return status === '0' ? keptIn(body) : undefined
}

/** Lends a channel of this gate, its state asked first. */
export const withBook = (scene: Scene, place: Place, use: (book: Book) => Promise<unknown>): Promise<void> =>
  scene.books.lend(place, (book) => readState(scene, place, book), use)
