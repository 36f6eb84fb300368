import {
  BIG_INT,
  bigIntBytes,
  createGobWriter,
  decodeGob,
  defineGob,
  type GobBounds,
  gobFields,
  structShape,
} from '../../../shared/gob/index.js'
import type { PrepaidUsage } from './usage.js'

type Values = readonly (Uint8Array | undefined)[]

const PREFIX = '//PrePaid/storage/'
const IN_FLIGHT = '//snetd/prepaid-in-flight/'

const writeAmount = createGobWriter(defineGob(structShape('PrePaidData', ['Amount', BIG_INT])))
const BOUNDS: GobBounds = { bytes: 4096, nesting: 4, definitions: 16 }

/**
 * Prepaid usage as the reference keeps it, a key for each amount, so that its daemons count the same: what they call used
 * holds calls under way too. Whose those are they do not keep, so that is a key of ours beside them.
 */
export const prepaidLayout = {
  prefix: PREFIX,
  keysOf: (channel: string): readonly string[] => [
    ...['P', 'U', 'R'].map((amount) => `${PREFIX}{ID:${channel}/${amount}}`),
    IN_FLIGHT + channel,
  ],
  keyOf: (sharedKey: string): string | undefined =>
    sharedKey.startsWith(PREFIX) ? /^\{ID:(\d{1,78})\/[PUR]\}$/.exec(sharedKey.slice(PREFIX.length))?.[1] : undefined,
  read([planned, used, refunded, inFlight]: Values): PrepaidUsage | undefined {
    if (!planned && !used && !refunded && !inFlight) return undefined
    return {
      planned: readAmount(planned),
      used: readAmount(used),
      refunded: readAmount(refunded),
      inFlight: readInFlight(inFlight),
    }
  },
  write: (usage: PrepaidUsage | undefined): Values =>
    usage
      ? [...[usage.planned, usage.used, usage.refunded].map(amountBytes), inFlightBytes(usage.inFlight)]
      : [undefined, undefined, undefined, undefined],
}

/** The reference reads an amount that is not there as none. */
const readAmount = (bytes: Uint8Array | undefined): bigint =>
  (bytes && gobFields(decodeGob(bytes, BOUNDS).value).uint256('Amount')) ?? 0n

const amountBytes = (amount: bigint): Uint8Array | undefined =>
  amount === 0n ? undefined : writeAmount({ Amount: bigIntBytes(amount) })

const inFlightBytes = (inFlight: PrepaidUsage['inFlight']): Uint8Array | undefined =>
  inFlight.size === 0
    ? undefined
    : new TextEncoder().encode(
        JSON.stringify({ version: 1, processes: [...inFlight].map(([name, amount]) => [name, String(amount)]) }),
      )

function readInFlight(bytes: Uint8Array | undefined): PrepaidUsage['inFlight'] {
  if (!bytes) return new Map()
  const { version, processes } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
  if (version !== 1 || !Array.isArray(processes)) throw new Error('what is in flight is damaged')
  return new Map(processes.map(readProcess))
}

function readProcess(each: unknown): [string, bigint] {
  const [name, amount] = Array.isArray(each) ? (each as unknown[]) : []
  if (typeof name !== 'string' || typeof amount !== 'string' || !/^\d{1,78}$/.test(amount))
    throw new Error('what is in flight is damaged')
  return [name, BigInt(amount)]
}
