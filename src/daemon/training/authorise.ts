import { signerOf, toAddress, trainingMessage } from '../../ethereum/index.js'
import { prefixError, SnetError } from '../../shared/errors.js'
import { isRecentBlock, SIGNATURE_EXPIRED } from '../../shared/recent-block.js'
import { cutShort } from '../../shared/short-text.js'
import { type Address, isAddress } from '../../shared/units.js'
import type { TrainingAuthorization } from '../../shared/wire/index.js'
import type { Blocks } from '../payments/ports.js'

/** How far the signed block may be from the newest where one signature is good for all methods that only read. */
const UNIFIED_TOLERANCE = 600n
const UNIFIED = 'unified'
const SIGNATURE_BYTES = 65

export interface AuthorisedMethod {
  readonly name: string
  /** Whether a signature that names no method is good for it. */
  readonly takesUnified: boolean
}

/** Who signed the request, and for this method and time (snet-wire 1.6, 3.2). Errors: `unauthenticated`, `unavailable`. */
export async function authorise(
  blocks: Blocks,
  authorization: TrainingAuthorization,
  method: AuthorisedMethod,
): Promise<Address> {
  const { message = '', signature = new Uint8Array(), signer_address: claimed = '' } = authorization
  const block = BigInt(authorization.current_block ?? '0')
  const isUnified = method.takesUnified && message.toLowerCase() === UNIFIED
  if (!isUnified && message.toLowerCase() !== method.name)
    throw refuse(`unsupported message: ${cutShort(message, 100)} for this method`)
  if (signature.length !== SIGNATURE_BYTES) throw refuse('incorrect signature length')
  if (!isAddress(claimed)) throw refuse(otherSigner(cutShort(claimed, 100)))
  const address = toAddress(claimed)
  const signer = signerOf(trainingMessage(message, address, block), signature)
  if (!signer) throw refuse('incorrect signature data')
  if (signer !== address) throw refuse(otherSigner(signer))
  await requireRecent(blocks, block, isUnified ? UNIFIED_TOLERANCE : undefined)
  return signer
}

async function requireRecent(blocks: Blocks, block: bigint, tolerance: bigint | undefined): Promise<void> {
  const isRecent = (now: bigint): boolean => isRecentBlock(block, now, tolerance)
  try {
    if (isRecent(blocks.current()) || isRecent(await blocks.refresh())) return
  } catch (cause) {
    throw prefixError('error determining current block: ', cause)
  }
  throw refuse(SIGNATURE_EXPIRED)
}

const otherSigner = (signer: string): string =>
  `the address: ${signer} does not match to what has been expected / registered`

const refuse = (text: string): SnetError =>
  new SnetError('unauthenticated', text, {
    hint: 'Sign the name of the method, your address and the number of the newest block.',
  })
