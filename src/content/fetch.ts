import { CID } from 'multiformats/cid'
import { SnetError } from '../shared/errors.js'
import { walkBlocks } from './block-walk.js'
import { type Fetched, type FetchConfig, fetchBounded } from './http.js'
import { importBytes } from './unixfs.js'

/** A gateway says one of these to a request of kubo's RPC API, and the other way round. */
const NOT_SPOKEN_HERE = [404, 405, 501]

const SHA2_256 = 0x12
const RAW = 0x55
const DAG_PB = 0x70

/**
 * The content of a CID, proved: its bytes are imported again as kubo would, and where that gives another CID (other
 * chunks, other layout) every block is fetched and checked by its hash. Nothing unproved is ever returned.
 *
 * Errors: `invalid-config` for a CID we cannot check, `unavailable` when it cannot be fetched, `check-failed` when what
 * the endpoint serves is not that content.
 */
export async function fetchByCid(config: FetchConfig, text: string, signal?: AbortSignal): Promise<Uint8Array> {
  const cid = parseCid(text)
  const limit = AbortSignal.timeout(config.timeoutMs)
  const within = signal ? AbortSignal.any([signal, limit]) : limit
  const { status, body } = await fetchEither(config, within, {
    rpc: `/api/v0/cat?arg=${text}`,
    gateway: { path: `/ipfs/${text}` },
  })
  if (status === 200) {
    const again = await importBytes(body, cid.version)
    if (isSameContent(again.cid, cid)) return body
  }
  try {
    return await walkBlocks(cid, config.maxBytes, (block) => fetchBlock(config, block, within))
  } catch (cause) {
    throw new SnetError('check-failed', unproved(text, status, body, cause), {
      hint: 'Check ipfs_endpoint, and that the content is pinned there; a registered CID never changes its content.',
      cause,
    })
  }
}

function unproved(text: string, status: number, body: Uint8Array, cause: unknown): string {
  const served = status === 200 ? `${body.length} bytes that do not belong to it` : `HTTP status ${status}`
  return `the content of ${text} could not be proved: the endpoint served ${served}, and its blocks: ${(cause as Error).message}`
}

/** The raw bytes of one block; the caller checks them. */
async function fetchBlock(config: FetchConfig, cid: CID, signal: AbortSignal): Promise<Uint8Array> {
  const { status, body } = await fetchEither(config, signal, {
    rpc: `/api/v0/block/get?arg=${cid}`,
    gateway: { path: `/ipfs/${cid}?format=raw`, accept: 'application/vnd.ipld.raw' },
  })
  if (status !== 200) throw new Error(`block ${cid} was answered with HTTP status ${status}`)
  return body
}

async function fetchEither(
  config: FetchConfig,
  signal: AbortSignal,
  ask: { rpc: string; gateway: { path: string; accept?: string } },
): Promise<Fetched> {
  const answer = await fetchBounded(config, { method: 'POST', path: ask.rpc }, signal)
  if (!NOT_SPOKEN_HERE.includes(answer.status)) return answer
  return await fetchBounded(config, { method: 'GET', ...ask.gateway }, signal)
}

function parseCid(text: string): CID {
  let cid: CID
  try {
    cid = CID.parse(text)
  } catch (cause) {
    throw new SnetError('invalid-config', `"${text}" is no CID`, {
      hint: 'Register metadata under its IPFS CID.',
      cause,
    })
  }
  if (cid.multihash.code !== SHA2_256 || ![RAW, DAG_PB].includes(cid.code)) {
    throw new SnetError('invalid-config', `the CID ${text} names content other than a file hashed with sha2-256`, {
      hint: 'Add the file to IPFS with the default settings.',
    })
  }
  return cid
}

/** Two spellings of one CID are the same content: version and base do not count. */
const isSameContent = (a: CID, b: CID): boolean =>
  a.code === b.code && Buffer.from(a.multihash.bytes).equals(Buffer.from(b.multihash.bytes))

/** CID of the bytes as kubo would add them. */
export const cidOf = async (bytes: Uint8Array, { version }: { version: 0 | 1 }): Promise<string> =>
  (await importBytes(bytes, version)).cid.toString()

/** The blocks of the bytes by CID, the root included. */
export const blocksOf = async (
  bytes: Uint8Array,
  { version }: { version: 0 | 1 },
): Promise<ReadonlyMap<string, Uint8Array>> => (await importBytes(bytes, version)).blocks
