import { type Cogs, cogs } from '../units.js'
import { wireFields } from './fields.js'

const PRICE_FIELD = 1
/** Small numbers below zero, as a service writes them that declares a signed price. */
const FIRST_NEGATIVE = 2n ** 64n - 2n ** 32n

/** The price in a PriceInCogs message; an absent number is 0, as everywhere in proto3. Throws for what is no price. */
export function parsePrice(message: Uint8Array): Cogs {
  let price = 0n
  for (const field of wireFields(message)) {
    if (field.number !== PRICE_FIELD) continue
    if (field.wireType !== 0) throw new Error('the price is no whole number')
    price = field.value
  }
  if (price >= FIRST_NEGATIVE) throw new Error(`the price ${BigInt.asIntN(64, price)} is negative`)
  return cogs(price)
}
