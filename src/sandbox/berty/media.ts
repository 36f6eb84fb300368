import { BoundedMap } from '../../shared/bounded-map.js'
import type { BertyMedia } from '../../shared/wire/index.js'
import type { Account } from './account.js'
import type { StoredMedia } from './core.js'
import { bertyError } from './errors.js'
import type { GrpcCall } from './grpc-call.js'
import { toFrame } from './grpc-frames.js'
import { bytesIn, type Request, textIn } from './handler-kit.js'

const INVALID_INPUT = 100
const DB_READ = 109
const NOT_FOUND = 404
const BLOCK_BYTES = 64 * 1024
const MOST_BYTES = 64 * 1024 * 1024
/** How many media are kept; the oldest is forgotten first. */
const MOST_MEDIAS = 256
/** CIDv0: sha2-256, 32 bytes. */
const CID_V0 = Buffer.from('1220', 'hex')

export const createMedias = (): BoundedMap<string, StoredMedia> => new BoundedMap(MOST_MEDIAS)

/** MediaPrepare of generation A: the first message describes the medium, the others carry its bytes (berty 3.6). */
export async function prepareMedia({ core, random }: Account, messages: AsyncIterable<Request>): Promise<object> {
  const blocks: Uint8Array[] = []
  let info: BertyMedia | undefined
  let length = 0
  for await (const message of messages) {
    const block = bytesIn(message, 'block') ?? Buffer.alloc(0)
    if (!info) {
      info = message['info'] as BertyMedia | undefined
      if (!info) throw bertyError([INVALID_INPUT], 'the first message has no info')
      if (block.length > 0) throw bertyError([INVALID_INPUT], 'the first message has a block')
      continue
    }
    length += block.length
    if (length > MOST_BYTES) throw bertyError([INVALID_INPUT], 'too much for this sandbox')
    blocks.push(block)
  }
  if (!info) throw bertyError([INVALID_INPUT], 'no info')
  // Each medium is encrypted under a key of its own, so the same bytes get another id each time.
  const cid = Buffer.concat([CID_V0, random.bytes(32)]).toString('base64url')
  core.medias.set(cid, { info, bytes: Buffer.concat(blocks) })
  return { cid }
}

export async function retrieveMedia({ core }: Account, request: Request, write: Write): Promise<void> {
  const found = core.medias.get(textIn(request, 'cid'))
  if (!found) throw bertyError([NOT_FOUND])
  await write({ info: { ...found.info, cid: textIn(request, 'cid') } })
  for (let at = 0; at < found.bytes.length; at += BLOCK_BYTES)
    await write({ block: found.bytes.subarray(at, at + BLOCK_BYTES) })
}

export type Write = (message: object) => Promise<void>

/** Sends one message of a stream, and waits if the reader lags. */
export const writer =
  (call: GrpcCall, serialize: (message: object) => Buffer): Write =>
  async (message) => {
    if (!call.send(toFrame(serialize(message)))) await call.drained()
  }

/** Describes the media of a message as they stand in it. */
export const mediasNamed = ({ core }: Account, cids: readonly string[]): BertyMedia[] =>
  cids.map((cid) => {
    const found = core.medias.get(cid)
    if (!found) throw bertyError([DB_READ])
    return { ...found.info, cid }
  })
