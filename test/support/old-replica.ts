import { bigIntBytes, createGobWriter, decodeGob } from '../../src/shared/gob/index.js'
import { bigEndian } from '../../src/shared/units.js'
import type { Etcd } from './etcd.js'
import { etcdDump } from './gob-vectors.js'

const BOUNDS = { bytes: 64 * 1024, nesting: 8, definitions: 64 }
export type GobStream = ReturnType<typeof decodeGob>
export const decodeValue = (bytes: Uint8Array): GobStream => decodeGob(bytes, BOUNDS)

/** The types of values as the reference has defined them in what it left, by a part of the keys that they lie under. */
export const referenceTypes: ReadonlyMap<string, GobStream> = new Map(
  etcdDump().flatMap(({ key, type, value_hex: hex }) =>
    type === undefined ? [] : [[kindOf(key), decodeValue(Buffer.from(hex, 'hex'))] as const],
  ),
)

/** What a key of the reference leads to, as it names it; empty for a key of another program. */
export function kindOf(key: string): string {
  return /\/((?:payment-channel|payment|free-call-user|PrePaid|model-user|freecall)\/\w+)\//.exec(key)?.[1] ?? ''
}

export interface OldPayment {
  readonly channel: bigint
  readonly amount: bigint
  readonly signature: Uint8Array
  readonly price: bigint
}

/**
 * What a daemon of the reference asks of etcd for a paid call: lock, get, put and unlock, in its order and with its bytes.
 * Nothing of its is held by a lease.
 */
export class OldReplica {
  readonly #etcd: Etcd
  readonly #base: string
  readonly #underWay = new Set<Promise<unknown>>()
  #isStopped = false

  /** @param base what the keys of channels, their locks and claims begin with */
  constructor(etcd: Etcd, base: string) {
    this.#etcd = etcd
    this.#base = base
  }

  /** A call that the service answered, or the status code of a refusal. */
  async pay(payment: OldPayment): Promise<number> {
    if (this.#isStopped) return 14
    const paying = this.#pay(payment)
    this.#underWay.add(paying)
    return await paying.finally(() => this.#underWay.delete(paying))
  }

  /** Takes no more calls, and lets those end that it has. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await Promise.allSettled(this.#underWay)
  }

  /** As one that dies in the middle of a call. */
  async lockForEver(channel: bigint): Promise<void> {
    if (!(await this.#lock(channel))) throw new Error(`channel ${channel} is busy`)
  }

  async #pay({ channel, amount, signature, price }: OldPayment): Promise<number> {
    if (!(await this.#lock(channel))) return 9
    try {
      const key = `${this.#base}//payment-channel/storage/{ID: ${channel}}`
      const { value } = decodeValue((await this.#get(key))?.value ?? Buffer.alloc(0))
      if (bigEndian((value['AuthorizedAmount'] as Uint8Array).subarray(1)) + price !== amount) return 16
      const type = referenceTypes.get('payment-channel/storage')
      if (!type) throw new Error('the reference left no channel')
      const next = createGobWriter(type)({ ...value, AuthorizedAmount: bigIntBytes(amount), Signature: signature })
      await this.#etcd.post('/v3/kv/put', { key: base64(key), value: base64(next) })
      return 0
    } finally {
      await this.#swap(this.#lockKey(channel), 'unlocked')
    }
  }

  async #lock(channel: bigint): Promise<boolean> {
    const key = this.#lockKey(channel)
    const now = await this.#get(key)
    if (String(now?.value ?? '') === 'locked') return false
    return await this.#swap(key, 'locked')
  }

  /** False where somebody else has changed it since it was read. */
  async #swap(key: string, next: 'locked' | 'unlocked'): Promise<boolean> {
    const now = await this.#get(key)
    if (String(now?.value ?? 'unlocked') === next) return false
    const answer = await this.#etcd.post('/v3/kv/txn', {
      compare: [{ key: base64(key), target: 'MOD', result: 'EQUAL', mod_revision: now?.revision ?? '0' }],
      success: [{ request_put: { key: base64(key), value: base64(next) } }],
    })
    return answer['succeeded'] === true
  }

  async #get(key: string): Promise<{ value: Buffer; revision: string } | undefined> {
    const { kvs = [] } = (await this.#etcd.post('/v3/kv/range', { key: base64(key) })) as {
      kvs?: { value: string; mod_revision: string }[]
    }
    return kvs[0] && { value: Buffer.from(kvs[0].value, 'base64'), revision: kvs[0].mod_revision }
  }

  #lockKey(channel: bigint): string {
    return `${this.#base}//payment-channel/lock/{ID: ${channel}}`
  }
}

export const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64')
