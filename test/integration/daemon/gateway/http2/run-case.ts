import { connect } from 'node:net'
import { HpackDecoder } from '../../../../../src/daemon/gateway/frames/hpack/index.js'
import { FrameStreamReader, type ReadFrame } from '../../../../support/frame-stream-reader.js'
import { FLAG, FRAME, HELLO } from '../../../../support/frames.js'
import { type Case, codeName } from './case.js'

/** Longer than any answer takes; only a case that fails waits for it. */
const LIMIT_MS = 10_000
const ALWAYS = ['stream', 'connection', 'answer', 'closed']

/** What comes of a case at a port, as far as it is looked for. @param ends whether a connection that was told to end does so at once */
export async function runCase(port: number, { send, answer, hello = HELLO }: Case, ends: boolean): Promise<string[]> {
  const kinds = new Set([...ALWAYS, ...answer.map(kindOf), ...send.map((step) => kindOf(step.toString()))])
  const heard: string[] = []
  let wake = (): void => undefined
  const socket = connect(port, '127.0.0.1')
  const teller = new Teller()
  const tell = (events: readonly string[]): void => {
    heard.push(...events.filter((event) => kinds.has(kindOf(event))))
    wake()
  }
  socket.on('data', (bytes: Buffer) => tell(teller.read(bytes)))
  socket.on('error', () => undefined).on('close', () => tell(['closed']))
  const timer = setTimeout(() => tell(['closed', 'nothing more came']), LIMIT_MS)
  const until = async (isThere: () => boolean): Promise<void> => {
    while (!isThere() && !heard.includes('closed')) await new Promise<void>((done) => (wake = done))
  }
  let ready = [hello]
  for (const step of send) {
    if (typeof step !== 'string') {
      ready.push(step)
      continue
    }
    socket.write(Buffer.concat(ready))
    ready = []
    await until(() => heard.includes(step))
  }
  socket.write(Buffer.concat(ready))
  await until(() => heard.length >= answer.length)
  if (ends && heard.at(-1)?.startsWith('connection')) await until(() => false)
  clearTimeout(timer)
  socket.destroy()
  return heard.at(-1) === 'closed' && heard.length > 1 ? heard.slice(0, -1) : heard
}

const kindOf = (event: string): string => event.split(' ', 1)[0]?.replace(':', '') ?? ''

/** Says in words what a server sends. */
class Teller {
  readonly #reader = new FrameStreamReader()
  readonly #decoder = new HpackDecoder({ maxTableBytes: 4096, maxListBytes: 65_536 })
  #hasSettings = false

  read(bytes: Buffer): string[] {
    return this.#reader.push(bytes).flatMap((each) => this.#words(each))
  }

  #words({ type, flags, stream, payload }: ReadFrame): string[] {
    if (!this.#hasSettings && type !== FRAME.settings) return [`answer before any settings: a frame of kind ${type}`]
    this.#hasSettings = true
    const end = flags & FLAG.endStream ? [`end ${stream}`] : []
    switch (type) {
      case FRAME.rstStream:
        return [`stream ${stream}: ${codeName(payload.readUInt32BE())}`]
      case FRAME.goaway:
        return [`connection: ${codeName(payload.readUInt32BE(4))}`, `last ${payload.readUInt32BE()}`]
      case FRAME.headers:
        return [...this.#status(stream, payload), ...end]
      case FRAME.data:
        return [...(payload.length > 0 ? [`data ${stream}: ${payload.toString('latin1')}`] : []), ...end]
      case FRAME.ping:
        return flags & FLAG.ack ? [`pong ${payload.toString('latin1')}`] : []
      case FRAME.settings:
        return flags & FLAG.ack ? ['settings acknowledged'] : []
      default:
        return []
    }
  }

  #status(stream: number, payload: Buffer): string[] {
    const fields = this.#decoder.decode(payload) ?? []
    const at = fields.indexOf(':status')
    return at < 0 ? [] : [`answer ${stream}: ${fields[at + 1]}`]
  }
}
