import { HeaderAssembly } from './header-assembly.js'
import { CompressionFault, type DecodedFields, HpackDecoder } from './hpack/index.js'
import type { ConnectionState } from './state.js'
import type { FrameStream } from './stream.js'
import { Verdicts } from './verdicts.js'
import { CODE, ConnectionFault } from './wire.js'

/** What both sides of the header table hold at first (RFC 9113 6.5.2); no peer is told of another size. */
const TABLE_BYTES = 4096

/** The peer has opened a stream; its header list is in order, pseudo-fields first. What came along with it is there to be read. */
export type OnStream = (stream: FrameStream, fields: readonly string[]) => void

/** The header blocks of a connection: new streams, answers and trailers (RFC 9113 6.2, 8.1). Faults: ConnectionFault. */
export class IncomingHeaders {
  readonly #state: ConnectionState
  readonly #onStream: OnStream | undefined
  #untold: FrameStream[] = []
  #untoldFields: (readonly string[])[] = []
  readonly #assembly: HeaderAssembly
  readonly #decoder: HpackDecoder
  readonly #verdicts = new Verdicts()

  constructor(state: ConnectionState, onStream: OnStream | undefined) {
    const { readHeaderBytes } = state.limits
    this.#state = state
    this.#onStream = onStream
    this.#assembly = new HeaderAssembly(readHeaderBytes)
    this.#decoder = new HpackDecoder({ maxTableBytes: TABLE_BYTES, maxListBytes: readHeaderBytes })
  }

  /** The stream whose block is not whole yet. */
  get openStream(): number | undefined {
    return this.#assembly.openStream
  }

  begin(flags: number, id: number, bytes: Buffer, start: number, end: number): void {
    if (this.#assembly.begin(flags, id, bytes, start, end)) this.#onBlock()
  }

  goOn(flags: number, id: number, bytes: Buffer, start: number, end: number): void {
    if (this.#assembly.goOn(flags, id, bytes, start, end)) this.#onBlock()
  }

  /** Tells of the streams that the peer has opened, once what came along with them was read; not of those that it took back. */
  tellStreams(): void {
    if (this.#untold.length === 0) return
    const [streams, lists] = [this.#untold, this.#untoldFields]
    this.#untold = []
    this.#untoldFields = []
    for (let at = 0; at < streams.length; at++) {
      const stream = streams[at] as FrameStream
      if (!stream.isClosed) this.#onStream?.(stream, lists[at] as readonly string[])
    }
  }

  /** Each block is decoded, whatever becomes of its stream: the tables of both sides must stay the same. */
  #onBlock(): void {
    const { stream: id } = this.#assembly
    const fields = this.#decode()
    const stream = this.#state.streams.get(id)
    if (stream) this.#onMoreFields(stream, fields)
    else if (this.#state.isIdle(id)) this.#onNewStream(id, fields)
    else if (this.#state.streams.wasReset(id)) this.#state.idleFrames.spend()
    else throw new ConnectionFault(CODE.STREAM_CLOSED, 'HEADERS on a stream that is over')
  }

  #decode(): DecodedFields {
    const { bytes, start, end } = this.#assembly
    try {
      return this.#decoder.decode(bytes, start, end)
    } catch (cause) {
      if (!(cause instanceof CompressionFault)) throw cause
      throw new ConnectionFault(CODE.COMPRESSION_ERROR, cause.message)
    }
  }

  #onNewStream(id: number, fields: DecodedFields): void {
    const state = this.#state
    const { parent, endsStream } = this.#assembly
    if (!state.isServer || !state.isRemote(id)) throw new ConnectionFault(CODE.PROTOCOL_ERROR, `a stream ${id}`)
    state.streams.lastRemote = id
    if (state.hasSaidLast) return state.refuse(id, CODE.REFUSED_STREAM)
    if (state.streams.count >= state.limits.maxStreams) return state.refuseOneMore(id)
    if (parent === id) return state.refuse(id, CODE.PROTOCOL_ERROR)
    if (!fields) return this.#refuseTooLarge(state.addStream(id))
    const { fault, announced } = this.#verdicts.of(fields, 'request', this.#decoder.isKnown)
    if (fault) return state.refuse(id, CODE.PROTOCOL_ERROR)
    const stream = state.addStream(id)
    stream.announced = announced
    if (endsStream && !stream.endRemote()) return stream.reset(CODE.PROTOCOL_ERROR)
    this.#untold.push(stream)
    this.#untoldFields.push(fields)
  }

  #refuseTooLarge(stream: FrameStream): void {
    this.#state.note('header-list')
    this.#state.resets.spend()
    stream.discard()
    stream.sendHeaders([':status', '431'], true)
    if (!stream.isClosed) stream.reset(CODE.NO_ERROR)
  }

  #refuseTrailers(stream: FrameStream): void {
    this.#state.note('header-list')
    stream.reset(CODE.ENHANCE_YOUR_CALM)
  }

  /** The answer to a client, or the trailers of either side. */
  #onMoreFields(stream: FrameStream, fields: DecodedFields): void {
    const { endsStream } = this.#assembly
    if (stream.hasRemoteEnded) throw new ConnectionFault(CODE.STREAM_CLOSED, 'HEADERS behind the end of a stream')
    if (!fields) return this.#refuseTrailers(stream)
    const isTrailers = this.#state.isServer || stream.hasAnswer
    const kind = isTrailers ? 'trailers' : 'answer'
    const { fault, announced, isInformational } = this.#verdicts.of(fields, kind, this.#decoder.isKnown)
    if (fault || (isTrailers && !endsStream)) return stream.reset(CODE.PROTOCOL_ERROR)
    if (isInformational) return this.#onInformation(stream, endsStream)
    stream.hasAnswer = true
    if (!isTrailers) stream.announced = announced
    // Not told first: what is told of an answer at its end makes it a good one.
    if (endsStream && (stream.announced ?? 0) !== 0) return stream.reset(CODE.PROTOCOL_ERROR)
    stream.events.onFields?.(fields, isTrailers)
    if (endsStream && !stream.isClosed) stream.endRemote()
  }

  /** 1xx comes before the answer (RFC 9113 8.1), and nobody here waits for it. */
  #onInformation(stream: FrameStream, endsStream: boolean): void {
    this.#state.idleFrames.spend()
    if (endsStream) stream.reset(CODE.PROTOCOL_ERROR)
  }
}
