import { CID } from 'multiformats/cid'
import { SnetError } from '../shared/errors.js'
import { cutShort } from '../shared/short-text.js'
import { withTimeLimit } from '../shared/time-limit.js'
import { walkBlocks } from './block-walk.js'
import type { ContentUri } from './content-uri.js'
import { type Ask, failureOf, type Fetched, fetchBounded, type Limits } from './http.js'
import { RefusedRedirect, type Resolver } from './redirects.js'
import { type ContentSources, ipfsSource, lighthouseSource, type Source } from './sources.js'
import { importBytes, importsTo } from './unixfs.js'

/** Statuses by which a gateway refuses requests of kubo's RPC API, and kubo those of a gateway. */
const NOT_SPOKEN_HERE = [404, 405, 410, 501]

const SHA2_256 = 0x12
const RAW = 0x55
const DAG_PB = 0x70
/** Longest CID, in any base; messages quote it. */
const MAX_CID_LENGTH = 200

export interface FetchOptions {
  readonly maxBytes: number
  readonly signal?: AbortSignal | undefined
  /** How names of redirect targets become addresses, and which of them may be asked. */
  readonly resolver?: Resolver | undefined
}

/**
 * The content that a URI names, proved against its CID: its bytes are imported again as kubo would, and where that
 * gives another CID (other chunks, other layout) every block is fetched and checked by its hash. Nothing unproved is
 * ever returned, whichever host served it.
 *
 * Errors: `invalid-config` for a CID that cannot be checked or a redirect that is not followed, `unavailable` when the
 * content cannot be had in time, `check-failed` when what the endpoint serves is not that content, `cancelled`.
 */
export async function fetchContent(
  sources: ContentSources,
  uri: ContentUri,
  { maxBytes, signal, resolver }: FetchOptions,
): Promise<Uint8Array> {
  const cid = parseCid(uri.cid)
  const source = uri.scheme === 'filecoin' ? lighthouseSource(sources.lighthouse) : ipfsSource(sources.ipfs)
  const limits = { maxBytes, redirects: sources.redirects, setting: source.setting, resolver }
  const asks = source.file(uri.cid)
  const late = (): SnetError => failureOf(asks[0], limits, new Error('no complete answer in time'))
  return await withTimeLimit({ ms: sources.timeoutMs, signal, late }, async (within) => {
    const whole = await askInTurn(asks, limits, within)
    if (whole.status === 200 && (await importsTo(cid, whole.body))) return whole.body
    try {
      return await walkBlocks(cid, maxBytes, (block) => fetchBlock(source, block, limits, within))
    } catch (cause) {
      throw faultOfAnswer(source, uri.cid, whole, cause)
    }
  })
}

/** Wrong bytes are a failed check; if nothing was served at all, a later try may succeed. */
function faultOfAnswer({ setting }: Source, cid: string, { status, body }: Fetched, cause: unknown): SnetError {
  const isAbsent = status !== 200 && cause instanceof SnetError && cause.kind === 'unavailable'
  const served = status === 200 ? `${body.length} bytes that do not belong to it` : `HTTP status ${status}`
  return new SnetError(
    isAbsent ? 'unavailable' : 'check-failed',
    `the content of ${cid} could not be proved: the endpoint served ${served}, and its blocks: ${(cause as Error).message}`,
    {
      hint: `Check ${setting}, and that the content is pinned there; a registered CID never changes its content.`,
      cause,
    },
  )
}

/** The raw bytes of one block; the caller checks them. */
async function fetchBlock(source: Source, cid: CID, limits: Limits, signal: AbortSignal): Promise<Uint8Array> {
  const { status, body } = await askInTurn(source.block(cid), limits, signal)
  if (status !== 200) throw new SnetError('unavailable', `block ${cid} was answered with HTTP status ${status}`)
  return body
}

/** The answer to the first way of asking that the endpoint speaks. */
async function askInTurn(asks: readonly Ask[], limits: Limits, signal: AbortSignal): Promise<Fetched> {
  let redirected: SnetError | undefined
  let answer: Fetched | undefined
  for (const ask of asks) {
    try {
      answer = await fetchBounded(ask, limits, signal)
      if (!NOT_SPOKEN_HERE.includes(answer.status)) break
    } catch (fault) {
      // Some gateways answer requests of the RPC API with a redirect to a page about it.
      if (!(fault instanceof SnetError && fault.cause instanceof RefusedRedirect)) throw fault
      redirected ??= fault
    }
  }
  if (redirected && answer?.status !== 200) throw redirected
  return answer as Fetched
}

function parseCid(text: string): CID {
  const noCid = (cause?: unknown): SnetError =>
    new SnetError('invalid-config', `"${cutShort(text, MAX_CID_LENGTH)}" is not a CID`, {
      hint: 'Register metadata under its CID, as ipfs://CID or filecoin://CID.',
      cause,
    })
  if (text.length > MAX_CID_LENGTH) throw noCid()
  let cid: CID
  try {
    cid = CID.parse(text)
  } catch (cause) {
    throw noCid(cause)
  }
  if (cid.multihash.code !== SHA2_256 || ![RAW, DAG_PB].includes(cid.code)) {
    throw new SnetError('invalid-config', `the CID ${text} names content other than a file hashed with sha2-256`, {
      hint: 'Add the file to IPFS with the default settings.',
    })
  }
  return cid
}

/** CID of the bytes as kubo would add them. */
export const cidOf = async (bytes: Uint8Array, { version }: { version: 0 | 1 }): Promise<string> =>
  (await importBytes(bytes, version)).cid.toString()

/** The blocks of the bytes by CID, the root included. */
export const blocksOf = async (
  bytes: Uint8Array,
  { version }: { version: 0 | 1 },
): Promise<ReadonlyMap<string, Uint8Array>> => (await importBytes(bytes, version)).blocks
