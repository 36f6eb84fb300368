import { faultOfRequest, faultOfResponse, faultOfTrailers } from './field-rules.js'
import { HeaderAssembly, type HeaderBlock } from './header-assembly.js'
import { CompressionFault, HpackDecoder } from './hpack/index.js'
import type { ConnectionState } from './state.js'
import type { FrameStream } from './stream.js'
import { CODE, ConnectionFault } from './wire.js'

/** What both sides of the header table hold at first (RFC 9113 6.5.2); no peer is told of another size. */
const TABLE_BYTES = 4096

/** The peer has opened a stream; its header list is in order, pseudo-fields first. What came along with it is there to be read. */
export type OnStream = (stream: FrameStream, fields: readonly string[]) => void

/** The header blocks of a connection: new streams, answers and trailers (RFC 9113 6.2, 8.1). Faults: ConnectionFault. */
export class IncomingHeaders {
  readonly #state: ConnectionState
  readonly #onStream: OnStream | undefined
  #untold: { readonly stream: FrameStream; readonly fields: readonly string[] }[] = []
  readonly #assembly: HeaderAssembly
  readonly #decoder: HpackDecoder

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

  begin(flags: number, id: number, payload: Buffer): void {
    this.#onBlock(this.#assembly.begin(flags, id, payload))
  }

  goOn(flags: number, id: number, payload: Buffer): void {
    this.#onBlock(this.#assembly.goOn(flags, id, payload))
  }

  /** Tells of the streams that the peer has opened, once what came along with them was read; not of those that it took back. */
  tellStreams(): void {
    if (this.#untold.length === 0) return
    const untold = this.#untold
    this.#untold = []
    for (const { stream, fields } of untold) if (!stream.isClosed) this.#onStream?.(stream, fields)
  }

  /** Each block is decoded, whatever becomes of its stream: the tables of both sides must stay the same. */
  #onBlock(block: HeaderBlock | undefined): void {
    if (!block) return
    const fields = this.#decode(block.block)
    const stream = this.#state.streams.get(block.stream)
    if (stream) this.#onMoreFields(stream, block, fields)
    else if (this.#state.isIdle(block.stream)) this.#onNewStream(block, fields)
    else if (this.#state.streams.wasReset(block.stream)) this.#state.idleFrames.spend()
    else throw new ConnectionFault(CODE.STREAM_CLOSED, 'HEADERS on a stream that is over')
  }

  #decode(block: Buffer): string[] | undefined {
    try {
      return this.#decoder.decode(block)
    } catch (cause) {
      if (!(cause instanceof CompressionFault)) throw cause
      throw new ConnectionFault(CODE.COMPRESSION_ERROR, cause.message)
    }
  }

  #onNewStream({ stream: id, parent, endsStream }: HeaderBlock, fields: string[] | undefined): void {
    const state = this.#state
    if (!state.isServer || !state.isRemote(id)) throw new ConnectionFault(CODE.PROTOCOL_ERROR, `a stream ${id}`)
    state.streams.lastRemote = id
    if (state.hasSaidLast || state.streams.count >= state.limits.maxStreams)
      return state.refuse(id, CODE.REFUSED_STREAM)
    if (parent === id || (fields && faultOfRequest(fields))) return state.refuse(id, CODE.PROTOCOL_ERROR)
    const stream = state.addStream(id)
    if (!fields) return this.#refuseTooLarge(stream)
    if (!announce(stream, fields) || (endsStream && !stream.endRemote())) return stream.reset(CODE.PROTOCOL_ERROR)
    this.#untold.push({ stream, fields })
  }

  #refuseTooLarge(stream: FrameStream): void {
    this.#state.resets.spend()
    stream.discard()
    stream.sendHeaders([':status', '431'], true)
    if (!stream.isClosed) stream.reset(CODE.NO_ERROR)
  }

  /** The answer to a client, or the trailers of either side. */
  #onMoreFields(stream: FrameStream, { endsStream }: HeaderBlock, fields: string[] | undefined): void {
    if (stream.hasRemoteEnded) throw new ConnectionFault(CODE.STREAM_CLOSED, 'HEADERS behind the end of a stream')
    if (!fields) return stream.reset(CODE.ENHANCE_YOUR_CALM)
    const isTrailers = this.#state.isServer || stream.hasAnswer
    const fault = isTrailers ? faultOfTrailers(fields) : faultOfResponse(fields)
    if (fault || (isTrailers && !endsStream)) return stream.reset(CODE.PROTOCOL_ERROR)
    if (!isTrailers && isInformational(fields)) return this.#onInformation(stream, endsStream)
    stream.hasAnswer = true
    stream.events.onFields?.(fields, isTrailers)
    if (endsStream && !stream.isClosed && !stream.endRemote()) stream.reset(CODE.PROTOCOL_ERROR)
  }

  /** 1xx comes before the answer (RFC 9113 8.1), and nobody here waits for it. */
  #onInformation(stream: FrameStream, endsStream: boolean): void {
    this.#state.idleFrames.spend()
    if (endsStream) stream.reset(CODE.PROTOCOL_ERROR)
  }
}

/** The status comes first, as the list has passed its rules. */
const isInformational = ([, status]: readonly string[]): boolean => status?.startsWith('1') === true

/** Notes a content-length. False for one that is none, or two that differ (RFC 9113 8.1.1). */
function announce(stream: FrameStream, fields: readonly string[]): boolean {
  let length: string | undefined
  for (let at = 0; at < fields.length; at += 2) {
    if (fields[at] !== 'content-length') continue
    const value = fields[at + 1] as string
    if (!/^\d{1,15}$/.test(value) || (length !== undefined && length !== value)) return false
    length = value
  }
  if (length !== undefined) stream.announce(Number(length))
  return true
}
