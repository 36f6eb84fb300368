import { prepaidLayout } from './shared-usage.js'
import type { PrepaidUsage } from './usage.js'

/** What the fields of a stored record are asked for. */
interface Fields {
  text(name: string): string
  texts(name: string): readonly string[]
}

/** How prepaid usage is kept, one record for each channel: the counters may outgrow 256 bits, as they are never taken back. */
export const prepaidTable = {
  name: 'prepaid',
  encode: ({ planned, used, refunded, inFlight }: PrepaidUsage): object => ({
    planned: String(planned),
    used: String(used),
    refunded: String(refunded),
    inFlight: [...inFlight].map(([process, amount]) => `${process} ${amount}`),
  }),
  decode: (fields: Fields): PrepaidUsage => ({
    planned: amount(fields.text('planned'), 'planned'),
    used: amount(fields.text('used'), 'used'),
    refunded: amount(fields.text('refunded'), 'refunded'),
    inFlight: new Map(fields.texts('inFlight').map(processAndAmount)),
  }),
  shared: prepaidLayout,
}

function processAndAmount(text: string): [string, bigint] {
  const [process = '', digits = '', ...more] = text.split(' ')
  if (process === '' || more.length > 0) throw new Error('field inFlight is damaged')
  return [process, amount(digits, 'inFlight')]
}

function amount(digits: string, name: string): bigint {
  if (!/^\d{1,300}$/.test(digits)) throw new Error(`field ${name} is damaged`)
  return BigInt(digits)
}
