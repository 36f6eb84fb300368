import { type Address, type Cogs, cogs } from '../shared/units.js'
import { SnetError } from '../shared/errors.js'
import { chooseGroup, type ToAddress } from './organization-metadata.js'
import { parseExactJson, Reading } from './reading.js'

/** What is used of a service's metadata, for one payment group (snet-wire 7.2). */
export interface ServiceMetadata {
  readonly encoding: 'proto' | 'json'
  readonly serviceType: string
  /** URI or bare CID of the archive of proto files; undefined when none is published. */
  readonly apiSource: string | undefined
  readonly mpe: Address
  readonly prices: PriceList
  /** Where replicas of the group listen, as published: `http://HOST:PORT` or `https://…`. */
  readonly endpoints: readonly string[]
}

export interface PriceList {
  /** Price of one call of `/package.Service/Method`; undefined when none is named. */
  priceOf(method: string): Cogs | undefined
}

const WHAT = 'service metadata'

export function parseService(bytes: Uint8Array, groupName: string | undefined, toAddress: ToAddress): ServiceMetadata {
  const reading = new Reading()
  const metadata = reading.object(parseExactJson(bytes, WHAT))
  const groups = reading.list(metadata['groups'], 'groups').map((group) => reading.object(group))
  const encoding = reading.text(metadata['encoding'], 'encoding')
  if (!['proto', 'json', ''].includes(encoding))
    reading.faults.push(`encoding has to be proto or json, it is "${encoding}"`)
  const serviceType = reading.text(metadata['service_type'], 'service_type')
  const mpe = reading.through('mpe_address', undefined, () => toAddress(String(metadata['mpe_address'])))
  reading.finish(WHAT)
  const group = chooseGroup(groupName, groups)
  return {
    encoding: encoding as 'proto' | 'json',
    serviceType,
    apiSource: sourceOf(metadata),
    mpe: mpe as Address,
    prices: pricesOf(group, `groups "${String(group['group_name'])}".pricing`),
    endpoints: (Array.isArray(group['endpoints']) ? group['endpoints'] : []).filter((url) => typeof url === 'string'),
  }
}

const sourceOf = (metadata: Record<string, unknown>): string | undefined =>
  [metadata['service_api_source'], metadata['model_ipfs_hash']].find(
    (uri): uri is string => typeof uri === 'string' && uri !== '',
  )

/** The default pricing of the group: one price for all methods, or a price for each (snet-behaviour 4.1, 4.2). */
function pricesOf(group: Record<string, unknown>, at: string): PriceList {
  const reading = new Reading()
  const entries = reading.list(group['pricing'], at).map((entry) => reading.object(entry))
  reading.finish(WHAT)
  const chosen = entries.find((entry) => entry['default'] === true)
  if (!chosen)
    throw new SnetError('invalid-config', 'metadata does not have the default pricing set', {
      hint: `Mark one entry of ${at} with "default": true and publish the metadata again.`,
    })
  const model = chosen['price_model']
  const prices =
    model === 'fixed_price'
      ? fixedPrice(chosen, at, reading)
      : model === 'fixed_price_per_method'
        ? methodPrices(chosen, at, reading)
        : undefined
  reading.finish(WHAT)
  if (prices) return prices
  throw new SnetError('invalid-config', 'No PricingStrategy strategy defined in Metadata ', {
    hint: `The price_model of the default entry of ${at} has to be fixed_price or fixed_price_per_method.`,
  })
}

function fixedPrice(entry: Record<string, unknown>, at: string, reading: Reading): PriceList {
  const price = cogs(reading.amount(entry['price_in_cogs'], `${at}.price_in_cogs`))
  return { priceOf: () => price }
}

function methodPrices(entry: Record<string, unknown>, at: string, reading: Reading): PriceList {
  const prices = new Map<string, Cogs>()
  const packageName = typeof entry['package_name'] === 'string' ? entry['package_name'] : ''
  for (const [i, detail] of reading.list(entry['details'], `${at}.details`).entries()) {
    const { service_name: service, method_pricing: methods } = reading.object(detail)
    for (const [j, one] of reading.list(methods, `${at}.details[${i}].method_pricing`).entries()) {
      const { method_name: method, price_in_cogs: price } = reading.object(one)
      const where = `${at}.details[${i}].method_pricing[${j}]`
      const fullService = packageName === '' ? String(service) : `${packageName}.${String(service)}`
      prices.set(
        `/${fullService}/${reading.text(method, `${where}.method_name`)}`,
        cogs(reading.amount(price, `${where}.price_in_cogs`)),
      )
    }
  }
  if (prices.size === 0) reading.faults.push('service / method level pricing is not defined correctly')
  return { priceOf: (method) => prices.get(method) }
}
