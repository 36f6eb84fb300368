import { type Address, type Cogs, cogs, ZERO_ADDRESS } from '../shared/units.js'
import { chooseGroup, type ToAddress } from './organization-metadata.js'
import { parseExactJson } from './exact-json.js'
import { type Fields, Reading } from './reading.js'

const SERVICE_TYPES = ['grpc', 'http', 'jsonrpc', 'process'] as const
export type ServiceType = (typeof SERVICE_TYPES)[number]

/** What is used of a service's metadata, for one payment group (snet-wire 7.2). */
export interface ServiceMetadata {
  readonly encoding: 'proto' | 'json'
  readonly serviceType: ServiceType
  /** URI or bare CID of the archive of proto files; undefined when none is published. */
  readonly apiSource: string | undefined
  readonly mpe: Address
  readonly prices: PriceList
  readonly freeCalls: FreeCallOffer
  /** Where replicas of the group listen, as published: `http://HOST:PORT` or `https://…`. */
  readonly endpoints: readonly string[]
}

/** Calls that users get for nothing, and whose tokens give them; none without a signer. */
export interface FreeCallOffer {
  readonly quota: bigint
  readonly signer: Address | undefined
}

export interface PriceList {
  readonly model: 'fixed_price' | 'fixed_price_per_method'
  /** Price of one call of `/package.Service/Method`; undefined when none is named. */
  priceOf(method: string): Cogs | undefined
}

const WHAT = 'service metadata'

/** Error: `invalid-config` with every fault of the document that concerns the group. */
export function parseService(bytes: Uint8Array, groupName: string | undefined, toAddress: ToAddress): ServiceMetadata {
  const reading = new Reading(WHAT)
  const { metadata, group } = chooseGroup(groupName, parseExactJson(bytes, WHAT), reading)
  const encoding = reading.choice(metadata['encoding'], 'encoding', ['proto', 'json'])
  const serviceType = reading.choice(metadata['service_type'], 'service_type', SERVICE_TYPES)
  const mpeText = reading.text(metadata['mpe_address'], 'mpe_address')
  const mpe = reading.through('mpe_address', ZERO_ADDRESS, () => (mpeText === '' ? ZERO_ADDRESS : toAddress(mpeText)))
  const apiSource = sourceOf(metadata, reading)
  const at = `groups "${String(group?.['group_name'])}"`
  const prices = group && pricesOf(group['pricing'], `${at}.pricing`, reading)
  const freeCalls = freeCallsOf(group ?? {}, at, toAddress, reading)
  const endpoints = reading.texts(group?.['endpoints'], `${at}.endpoints`)
  if (reading.hasFaults || !prices) return reading.finish()
  return { encoding, serviceType, apiSource, mpe, prices, freeCalls, endpoints }
}

function sourceOf(metadata: Fields, reading: Reading): string | undefined {
  const fields = ['service_api_source', 'model_ipfs_hash'] as const
  const field = fields.find((name) => !['', undefined, null].includes(metadata[name] as string))
  return field && reading.text(metadata[field], field)
}

/** The default pricing of the group: one price for all methods, or a price for each (snet-behaviour 4.1, 4.2). */
function pricesOf(value: unknown, at: string, reading: Reading): PriceList {
  const entries = reading.list(value, at).map((entry) => reading.object(entry))
  const chosen = entries.find((entry) => entry['default'] === true)
  const model = chosen?.['price_model']
  if (chosen && model === 'fixed_price') return fixedPrice(chosen, at, reading)
  if (chosen && model === 'fixed_price_per_method') return methodPrices(chosen, at, reading)
  if (chosen) {
    reading.knownFault(
      'No PricingStrategy strategy defined in Metadata ',
      `The price_model of the default entry of ${at} must be fixed_price or fixed_price_per_method.`,
    )
  } else if (Array.isArray(value)) {
    reading.knownFault(
      'metadata does not have the default pricing set',
      `Mark one entry of ${at} with "default": true and publish the metadata again.`,
    )
  }
  return { model: 'fixed_price', priceOf: () => undefined }
}

function fixedPrice(entry: Fields, at: string, reading: Reading): PriceList {
  const price = priceOf(entry['price_in_cogs'], `${at}.price_in_cogs`, reading)
  return { model: 'fixed_price', priceOf: () => price }
}

function methodPrices(entry: Fields, at: string, reading: Reading): PriceList {
  const prices = new Map<string, Cogs>()
  const packageName = typeof entry['package_name'] === 'string' ? entry['package_name'] : ''
  for (const [i, detail] of reading.list(entry['details'], `${at}.details`).entries()) {
    const { service_name: name, method_pricing: methods } = reading.object(detail)
    const service = reading.text(name, `${at}.details[${i}].service_name`)
    for (const [j, one] of reading.list(methods, `${at}.details[${i}].method_pricing`).entries()) {
      const { method_name: method, price_in_cogs: price } = reading.object(one)
      const where = `${at}.details[${i}].method_pricing[${j}]`
      const fullService = packageName === '' ? service : `${packageName}.${service}`
      prices.set(
        `/${fullService}/${reading.text(method, `${where}.method_name`)}`,
        priceOf(price, `${where}.price_in_cogs`, reading),
      )
    }
  }
  if (prices.size === 0) {
    reading.fault(
      'service / method level pricing is not defined correctly',
      `List services with their methods and prices in ${at}.details and publish the metadata again.`,
    )
  }
  return { model: 'fixed_price_per_method', priceOf: (method) => prices.get(method) }
}

const priceOf = (value: unknown, at: string, reading: Reading): Cogs => cogs(reading.amount(value, at))

/** `free_calls` counts only where a signer is published. */
function freeCallsOf(group: Fields, at: string, toAddress: ToAddress, reading: Reading): FreeCallOffer {
  const { free_call_signer_address: signer, free_calls: calls } = group
  if (signer === undefined || signer === null || signer === '') return { quota: 0n, signer: undefined }
  const quota = calls === undefined || calls === null ? 0n : reading.amount(calls, `${at}.free_calls`)
  try {
    return { quota, signer: toAddress(typeof signer === 'string' ? signer : '') }
  } catch {
    reading.knownFault(
      "metadata does not have 'free_call_signer_address defined correctly",
      `Put an address into ${at}.free_call_signer_address, or leave it out, and publish the metadata again.`,
    )
    return { quota, signer: undefined }
  }
}
