import type { Socket } from 'node:net'
import type { Dice } from '../attacker/dice.js'
import { FLAG, frame, FRAME, PREFACE, uint32 } from '../frames.js'
import { BlockReader } from './block-reader.js'
import { type Arrived, contentOf, FrameCutter } from './frame-cutter.js'
import { HpackWriter, type Lines } from './hpack-writer.js'
import { GrantedWindows } from './granted-windows.js'
import { chatter, headersFrames, type Manner, mannerOf, MOST_PAYLOAD } from './manner.js'
import type { Part, PeerEvents } from './peer-events.js'

/**
 * One side of an HTTP/2 connection, by the byte, and with the habits that its dice give it: it keeps to the rules of RFC
 * 9113, in every way that these leave open, and notes where the other side does not.
 */
export class Peer {
  readonly #socket: Socket
  readonly #dice: Dice
  readonly #manner: Manner
  readonly #events: PeerEvents
  readonly #cutter: FrameCutter
  readonly #writer: HpackWriter
  readonly #blocks = new BlockReader()
  readonly #granted: GrantedWindows
  readonly #queues = new Map<number, Part[]>()
  readonly #sendLeft = new Map<number, number>()
  #initialSend = 65_535
  #connectionSend = 65_535
  #pending: Buffer[] = []
  #pendingBytes = 0
  #isScheduled = false
  #pings: (() => void)[] = []
  isOver = false
  /** The error code of the other side's last GOAWAY; undefined where it said none. */
  goaway: number | undefined

  constructor(socket: Socket, role: 'client' | 'server', dice: Dice, events: PeerEvents) {
    this.#socket = socket
    this.#dice = dice
    this.#manner = mannerOf(dice)
    this.#events = events
    this.#cutter = new FrameCutter(role === 'server' ? PREFACE.length : 0)
    this.#writer = new HpackWriter(dice)
    this.#granted = new GrantedWindows(
      dice,
      (bytes) => this.#push(bytes),
      (what) => events.onFault(what),
    )
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#onBytes(chunk))
    socket.on('error', () => undefined)
    socket.once('close', () => {
      this.isOver = true
      this.#queues.clear()
      for (const done of this.#pings.splice(0)) done()
      events.onClose()
    })
    if (role === 'client') this.#push(PREFACE)
    this.#push(this.#granted.firstSettings(role === 'client' ? [[2, 0]] : []))
    this.#schedule()
  }

  /** Adds to what is to be sent on a stream. */
  queue(stream: number, ...parts: readonly Part[]): void {
    const queue = this.#queues.get(stream)
    if (queue) queue.push(...parts)
    else this.#queues.set(stream, [...parts])
    this.#schedule()
  }

  /** Forgets what was still to be sent on a stream, and says no more. */
  drop(stream: number): void {
    this.#queues.delete(stream)
    this.#granted.close(stream)
  }

  /** Takes it back: what has not been sent never is. False where nothing of it was. */
  giveUp(stream: number, code: number): void {
    const isUnsent = this.#queues.get(stream)?.[0]?.kind === 'headers' && !this.#sendLeft.has(stream)
    this.drop(stream)
    if (!isUnsent) this.#push(frame(FRAME.rstStream, { stream, payload: uint32(code) }))
  }

  /** Bytes that are no frame of the rules, between two that are. */
  raw(bytes: Buffer): void {
    this.#push(bytes)
  }

  goAway(lastStream: number, code = 0): void {
    this.#push(frame(FRAME.goaway, { payload: Buffer.concat([uint32(lastStream), uint32(code)]) }))
  }

  /** Resolves once all that was sent before has been read, or when there is nobody any more. */
  whenRead(): Promise<void> {
    if (this.isOver) return Promise.resolve()
    return new Promise((done) => {
      this.#pings.push(done)
      this.#push(frame(FRAME.ping, { payload: Buffer.from('all read') }))
    })
  }

  /** Resolves once the head of each call has been sent. */
  async whenOpened(): Promise<void> {
    while (!this.isOver && [...this.#queues.values()].some(([first]) => first?.kind === 'headers'))
      await new Promise((done) => setImmediate(done))
  }

  whenOver(): Promise<void> {
    return this.isOver ? Promise.resolve() : new Promise((done) => this.#socket.once('close', () => done()))
  }

  /** Ends the connection behind all that is to be sent. */
  end(): void {
    this.#socket.end(Buffer.concat(this.#pending.splice(0)))
    this.#pendingBytes = 0
  }

  destroy(): void {
    this.#socket.destroy()
  }

  // What goes out.

  #push(bytes: Buffer): void {
    if (this.isOver) return
    this.#pending.push(bytes)
    this.#pendingBytes += bytes.length
    this.#schedule()
  }

  #schedule(): void {
    if (this.#isScheduled || this.isOver) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.#turn()
    })
  }

  #turn(): void {
    if (this.isOver) return
    let sent = 0
    while (sent < this.#manner.framesPerTurn && this.#sendOne()) sent++
    const grants = this.#granted.grantSome()
    this.#writeChunk()
    if (sent > 0 || grants || this.#pendingBytes > 0) this.#schedule()
  }

  #writeChunk(): void {
    if (this.#pendingBytes === 0) return
    // However small the pieces, the whole is not to take for ever.
    const size = Math.max(1, this.#dice.between(1, this.#manner.chunkBytes), Math.floor(this.#pendingBytes / 20))
    const all = this.#pending.length === 1 ? (this.#pending[0] as Buffer) : Buffer.concat(this.#pending)
    const piece = all.subarray(0, size)
    const rest = all.subarray(piece.length)
    this.#pending = rest.length > 0 ? [rest] : []
    this.#pendingBytes = rest.length
    this.#socket.write(piece)
  }

  /** One frame of some stream that has one that fits; false where all wait for windows. */
  #sendOne(): boolean {
    if (this.#dice.oneIn(this.#manner.chatterOneIn)) this.#chat()
    const streams = [...this.#queues.keys()]
    const first = streams.length > 0 ? this.#dice.between(0, streams.length - 1) : 0
    for (let i = 0; i < streams.length; i++) {
      const stream = streams[(first + i) % streams.length] as number
      if (this.#sendOf(stream)) return true
    }
    return false
  }

  #sendOf(stream: number): boolean {
    const queue = this.#queues.get(stream) ?? []
    const [part] = queue
    if (!part) {
      this.#queues.delete(stream)
      return false
    }
    if (part.kind === 'data') return this.#sendData(stream, part, queue)
    if (this.#isTooEarly(stream)) return false
    queue.shift()
    if (part.kind === 'headers') this.#sendHeaders(stream, part.fields, part.ends)
    else {
      this.#push(frame(FRAME.rstStream, { stream, payload: uint32(part.code) }))
      this.drop(stream)
    }
    return true
  }

  /** Streams are opened in the order of their numbers. */
  #isTooEarly(stream: number): boolean {
    if (this.#sendLeft.has(stream)) return false
    return [...this.#queues.keys()].some((other) => other < stream && !this.#sendLeft.has(other))
  }

  #sendHeaders(stream: number, fields: Lines, ends: boolean): void {
    if (!this.#sendLeft.has(stream)) this.#sendLeft.set(stream, this.#initialSend)
    this.#granted.open(stream)
    for (const piece of headersFrames(stream, this.#writer.block(fields), ends, this.#manner)) this.#push(piece)
  }

  #sendData(stream: number, part: Part & { kind: 'data' }, queue: Part[]): boolean {
    const left = this.#sendLeft.get(stream) ?? this.#initialSend
    const room = Math.min(left, this.#connectionSend, MOST_PAYLOAD)
    const piece = Math.max(this.#dice.between(1, this.#manner.pieceBytes), Math.floor(part.bytes.length / 50))
    const wanted = Math.min(part.bytes.length, piece)
    let padding = this.#dice.oneIn(this.#manner.padOneIn) ? this.#dice.between(0, 255) : -1
    if (wanted + padding + 1 > room) padding = -1
    const length = Math.min(wanted, Math.max(0, room))
    if (length === 0 && part.bytes.length > 0) return false
    const isAll = length === part.bytes.length
    if (isAll) queue.shift()
    else queue[0] = { ...part, bytes: part.bytes.subarray(length) }
    const bytes = part.bytes.subarray(0, length)
    const payload = padding < 0 ? bytes : Buffer.concat([Buffer.from([padding]), bytes, Buffer.alloc(padding)])
    this.#sendLeft.set(stream, left - payload.length)
    this.#connectionSend -= payload.length
    const flags = (isAll && part.ends ? FLAG.endStream : 0) | (padding >= 0 ? FLAG.padded : 0)
    this.#push(frame(FRAME.data, { stream, flags, payload }))
    return true
  }

  /** What is allowed at any time and changes nothing of the calls. */
  #chat(): void {
    const dice = this.#dice
    const open = [...this.#sendLeft.keys()]
    const kinds = [
      () => chatter(dice, open.length > 0 ? dice.pick(open) : 1),
      () => chatter(dice, open.length > 0 ? dice.pick(open) : 1),
      () => this.#granted.settings(),
      () => this.#granted.grantConnection(dice.between(1, 1_000)),
    ]
    this.#push(dice.pick(kinds)())
  }

  // What comes in.

  #onBytes(chunk: Buffer): void {
    for (const arrived of this.#cutter.push(chunk)) this.#onFrame(arrived)
    this.#schedule()
  }

  #onFrame(arrived: Arrived): void {
    const { type, flags, stream, payload } = arrived
    if (payload.length > this.#granted.mostPayload) this.#events.onFault(`a frame of ${payload.length} bytes`)
    if (this.#blocks.isWithin(arrived)) this.#events.onFault('a frame within a header block')
    switch (type) {
      case FRAME.headers:
      case FRAME.continuation:
        return this.#onHeaderPiece(arrived)
      case FRAME.data:
        this.#granted.take(stream, payload.length)
        if (flags & FLAG.endStream) this.#granted.close(stream)
        return this.#events.onData(stream, contentOf(arrived, false), (flags & FLAG.endStream) !== 0)
      case FRAME.rstStream:
        this.drop(stream)
        return this.#events.onReset(stream, payload.readUInt32BE())
      case FRAME.settings:
        return this.#onSettings(flags, payload)
      case FRAME.ping:
        if ((flags & FLAG.ack) === 0) return this.#push(frame(FRAME.ping, { flags: FLAG.ack, payload }))
        if (payload.toString() === 'all read') this.#pings.shift()?.()
        return
      case FRAME.goaway:
        this.goaway = payload.readUInt32BE(4)
        return
      case FRAME.windowUpdate:
        return this.#onWindow(stream, payload.readUInt32BE())
      default:
    }
  }

  #onHeaderPiece(arrived: Arrived): void {
    const whole = this.#blocks.push(arrived)
    if (!whole) return
    const { stream, fields, ends } = whole
    if (ends) this.#granted.close(stream)
    else this.#granted.open(stream)
    this.#events.onHeaders(stream, fields, ends)
  }

  #onSettings(flags: number, payload: Buffer): void {
    if (flags & FLAG.ack) return this.#granted.onAck()
    for (let at = 0; at + 6 <= payload.length; at += 6) {
      if (payload.readUInt16BE(at) !== 4) continue
      const value = payload.readUInt32BE(at + 2)
      for (const [stream, left] of this.#sendLeft) this.#sendLeft.set(stream, left + value - this.#initialSend)
      this.#initialSend = value
    }
    this.#push(frame(FRAME.settings, { flags: FLAG.ack }))
  }

  #onWindow(stream: number, more: number): void {
    if (more === 0) this.#events.onFault('a window that is widened by nothing')
    if (stream === 0) this.#connectionSend += more
    else this.#sendLeft.set(stream, (this.#sendLeft.get(stream) ?? this.#initialSend) + more)
  }
}
