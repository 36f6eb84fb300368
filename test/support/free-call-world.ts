import { createFreeCallSignatures } from '../../src/daemon/chain/index.js'
import {
  createFreeCalls,
  type FreeCallDeps,
  type FreeCallProof,
  reserveFreeCall,
} from '../../src/daemon/payments/index.js'
import type { FreeCallTerms } from '../../src/daemon/payments/ports.js'
import { FREE_CALLS } from '../../src/daemon/storage/index.js'
import { createMemoryRecords } from '../../src/daemon/storage/memory/memory-records.js'
import { OwnedHolds } from '../../src/daemon/storage/owned-holds.js'
import { OwnedTables } from '../../src/daemon/storage/owned-tables.js'
import { addressOfKey, freeCallMessage, freeCallUseMessage, signMessage } from '../../src/ethereum/index.js'
import { Cancellation } from '../../src/shared/cancellation.js'
import { SnetError } from '../../src/shared/errors.js'
import { live } from '../../src/shared/live.js'
import { type Address, type BlockNumber, blockNumber } from '../../src/shared/units.js'

const key = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)
export const [KEY_A, KEY_B, KEY_C] = [key(0x11), key(0x22), key(0x33)] as const
export const A = addressOfKey(KEY_A)
export const B = addressOfKey(KEY_B)

export const NAMES = {
  organization: 'ExampleOrg',
  service: 'ExampleSvc',
  group: 'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=',
  groupName: 'default_group',
}

/** The rules of free calls over a store in memory, with real signatures; a crash keeps what was stored. */
export class FreeCallWorld {
  block: bigint = 1_234_567n
  /** What the node would answer; `block` is what is known without asking it. */
  newest: BlockNumber | undefined
  isAway = false
  blockReads = 0
  balance = true
  readonly asked: (readonly [owner: Address, tokens: number])[] = []
  readonly terms = live<FreeCallTerms>({ quota: 2n, signer: addressOfKey(KEY_C) })
  readonly records = createMemoryRecords()
  deps: FreeCallDeps

  constructor(changes: Partial<FreeCallDeps> = {}) {
    this.deps = {
      blocks: {
        current: () => this.#readBlock(this.block),
        refresh: async () => {
          this.blockReads++
          return this.#readBlock(this.newest ?? this.block)
        },
      },
      signatures: createFreeCallSignatures(NAMES, KEY_C),
      balances: {
        holds: async (owner, tokens) => {
          this.asked.push([owner, tokens])
          return this.balance
        },
      },
      counts: new OwnedTables(this.records).table(FREE_CALLS),
      holds: new OwnedHolds(this.records),
      terms: this.terms,
      of: NAMES,
      quotas: new Map(),
      trusted: [B],
      minBalance: 10,
      ...changes,
    }
  }

  #readBlock(block: bigint): BlockNumber {
    if (this.isAway) throw new SnetError('unavailable', 'cannot determine current block')
    return blockNumber(block)
  }

  /** Another process over the same store: whatever was in flight in the one before is gone. */
  crash(): void {
    this.deps = {
      ...this.deps,
      counts: new OwnedTables(this.records).table(FREE_CALLS),
      holds: new OwnedHolds(this.records),
    }
  }

  get calls() {
    return createFreeCalls(this.deps)
  }

  async token(of: Caller = {}): Promise<Uint8Array> {
    return (await this.calls.issueToken(tokenRequest(this.block, of))).token
  }

  reserve(proof: FreeCallProof) {
    return reserveFreeCall(this.deps, proof, { method: '/a.B/c', cancelled: new Cancellation() })
  }

  /** One whole call. */
  async call(proof: FreeCallProof): Promise<void> {
    await using reservation = await this.reserve(proof)
    await reservation.commit()
  }

  async made(of: { address?: Address; userId?: string } = {}): Promise<bigint> {
    const { address = A, userId = '' } = of
    return (await this.deps.counts.read(`${NAMES.service}/${address}/${userId}`))?.made ?? 0n
  }
}

export interface Caller {
  readonly address?: string
  readonly userId?: string
  readonly key?: Uint8Array
  readonly lifetime?: bigint
  readonly block?: bigint
}

export function tokenRequest(
  now: bigint,
  { address = A, userId = '', key: signer = KEY_A, lifetime, block = now }: Caller = {},
) {
  const signature = signMessage(signer, freeCallMessage({ ...NAMES, address, userId }, block))
  return { address, userId, block, signature, lifetime }
}

export function proofOf(
  now: bigint,
  token: Uint8Array,
  { address = A, userId = '', key: signer = KEY_A, block = now }: Caller = {},
): FreeCallProof {
  const signature = signMessage(signer, freeCallUseMessage({ ...NAMES, address, userId }, block, token))
  return { address, userId, block, signature, token }
}
