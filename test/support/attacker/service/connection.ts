import type { Socket } from 'node:net'
import { FLAG, frame, FRAME, headerBlock, PREFACE, SETTINGS, uint32 } from '../../frames.js'

type Lines = readonly (readonly [name: string, value: string])[]

/** The answer to one call, frame by frame. */
export interface Reply {
  headers(lines: Lines, flags?: number): void
  /** Sent as far as the peer's windows allow, the rest later. */
  data(bytes: Buffer, isEnd?: boolean): void
  reset(code: number): void
  /** Any frame, on this stream unless it says another. */
  raw(type: number, parts?: { flags?: number; stream?: number; payload?: Buffer }): void
  /** Ends the connection, at once or behind what was written. */
  hangUp(afterMs?: number): void
}

const WINDOW = 65_535
const MAX_DATA = 16_384
const KEPT_BYTES = 64

/** Data that waits for room, or a frame that keeps behind it. */
interface Waiting {
  readonly stream: number
  readonly isFrame: boolean
  readonly bytes: Buffer
  readonly isEnd: boolean
}

/** HTTP/2 of a service without any library, so that it can say what none would; one for each connection. */
export class RawConnection {
  readonly #socket: Socket
  readonly #onCall: (reply: Reply, request: Buffer) => void
  readonly #requests = new Map<number, Buffer>()
  readonly #credits = new Map<number, number>()
  readonly #waiting: Waiting[] = []
  #credit = WINDOW
  #initial = WINDOW
  #received = Buffer.alloc(0)
  #isGreeted = false

  constructor(socket: Socket, onCall: (reply: Reply, request: Buffer) => void) {
    this.#socket = socket
    this.#onCall = onCall
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
  }

  #read(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    if (!this.#isGreeted) {
      if (this.#received.length < PREFACE.length) return
      this.#received = this.#received.subarray(PREFACE.length)
      this.#isGreeted = true
      this.#write(SETTINGS)
    }
    for (;;) {
      const length = this.#received.length < 9 ? 0 : this.#received.readUIntBE(0, 3)
      if (this.#received.length < 9 + length) return
      const bytes = this.#received.subarray(0, 9 + length)
      this.#received = this.#received.subarray(9 + length)
      this.#onFrame(bytes[3] as number, bytes[4] as number, bytes.readUInt32BE(5), bytes.subarray(9))
    }
  }

  #onFrame(type: number, flags: number, stream: number, payload: Buffer): void {
    if (type === FRAME.settings && !(flags & FLAG.ack)) this.#onSettings(payload)
    if (type === FRAME.ping && !(flags & FLAG.ack)) this.#write(frame(FRAME.ping, { flags: FLAG.ack, payload }))
    if (type === FRAME.windowUpdate) this.#onWindow(stream, payload.readUInt32BE(0))
    if (type === FRAME.rstStream) this.#forget(stream)
    if (type === FRAME.data) this.#onData(stream, payload)
    if ((type === FRAME.data || type === FRAME.headers) && flags & FLAG.endStream) this.#onEnd(stream)
  }

  #onSettings(payload: Buffer): void {
    const INITIAL_WINDOW_SIZE = 4
    for (let at = 0; at + 6 <= payload.length; at += 6) {
      if (payload.readUInt16BE(at) === INITIAL_WINDOW_SIZE) this.#initial = payload.readUInt32BE(at + 2)
    }
    this.#write(frame(FRAME.settings, { flags: FLAG.ack }))
  }

  #onWindow(stream: number, more: number): void {
    if (stream === 0) this.#credit += more
    else this.#credits.set(stream, this.#creditOf(stream) + more)
    this.#pump()
  }

  #onData(stream: number, payload: Buffer): void {
    const known = this.#requests.get(stream) ?? Buffer.alloc(0)
    if (known.length < KEPT_BYTES) this.#requests.set(stream, Buffer.concat([known, payload.subarray(0, KEPT_BYTES)]))
    if (payload.length === 0) return
    for (const of of [0, stream])
      this.#write(frame(FRAME.windowUpdate, { stream: of, payload: uint32(payload.length) }))
  }

  #onEnd(stream: number): void {
    const request = this.#requests.get(stream) ?? Buffer.alloc(0)
    this.#requests.delete(stream)
    this.#onCall(this.#replyOn(stream), request)
  }

  #forget(stream: number): void {
    this.#requests.delete(stream)
    this.#credits.delete(stream)
    for (let i = this.#waiting.length; i-- > 0;) if (this.#waiting[i]?.stream === stream) this.#waiting.splice(i, 1)
  }

  #replyOn(stream: number): Reply {
    const send = (bytes: Buffer, isFrame: boolean, isEnd = false): void => {
      this.#waiting.push({ stream, isFrame, bytes, isEnd })
      this.#pump()
    }
    return {
      headers: (lines, flags = FLAG.endHeaders) =>
        send(frame(FRAME.headers, { flags, stream, payload: headerBlock(lines) }), true),
      data: (bytes, isEnd) => send(bytes, false, isEnd),
      reset: (code) => this.#write(frame(FRAME.rstStream, { stream, payload: uint32(code) })),
      raw: (type, parts) => this.#write(frame(type, { stream, ...parts })),
      hangUp: (afterMs = 0) => void setTimeout(() => this.#socket.destroy(), afterMs),
    }
  }

  #creditOf(stream: number): number {
    return this.#credits.get(stream) ?? this.#initial
  }

  /** Sends what there is room for; what waits on one stream keeps nothing back on another. */
  #pump(): void {
    const full = new Set<number>()
    for (const one of this.#waiting.splice(0)) {
      const rest = full.has(one.stream) ? one : this.#send(one)
      if (!rest) continue
      full.add(one.stream)
      this.#waiting.push(rest)
    }
  }

  /** What is left of it. */
  #send({ stream, isFrame, bytes, isEnd }: Waiting): Waiting | undefined {
    if (isFrame) return this.#write(bytes)
    for (let at = 0; ;) {
      const room = Math.max(0, Math.min(this.#credit, this.#creditOf(stream), MAX_DATA))
      const payload = bytes.subarray(at, at + room)
      at += payload.length
      const isLast = at === bytes.length
      if (payload.length === 0 && !isLast) return { stream, isFrame, bytes: bytes.subarray(at), isEnd }
      this.#credit -= payload.length
      this.#credits.set(stream, this.#creditOf(stream) - payload.length)
      this.#write(frame(FRAME.data, { stream, payload, flags: isLast && isEnd ? FLAG.endStream : 0 }))
      if (isLast) return undefined
    }
  }

  #write(bytes: Buffer): undefined {
    if (!this.#socket.destroyed) this.#socket.write(bytes)
  }
}
