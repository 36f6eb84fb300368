import { parseDuration } from '../shared/duration.js'
import { SnetError } from '../shared/errors.js'
import { type ChannelId, channelId, type Cogs, cogs, isUint256 } from '../shared/units.js'
import type { Span } from '../wallet/index.js'

const MAX_DIGITS = 78

/** @param what as the user knows it: a flag or an argument. Error: `invalid-request`. */
function parseWhole(what: string, text: string): bigint {
  if (/^\d+$/.test(text) && text.length <= MAX_DIGITS && isUint256(BigInt(text))) return BigInt(text)
  throw new SnetError('invalid-request', `${what} must be a whole number, not "${text}"`)
}

export const parseCogs = (what: string, text: string): Cogs => cogs(parseWhole(what, text))
export const parseChannel = (what: string, text: string): ChannelId => channelId(parseWhole(what, text))

/** `5000` (blocks), `90m`, `12h`, `30d`. Error: `invalid-request`. */
export function parseBlockSpan(what: string, written: string): Span {
  if (/^\d{1,15}$/.test(written)) return { blocks: BigInt(written) }
  const us = parseDuration(written.replaceAll(/(\d+)d/g, (_, days: string) => `${Number(days) * 24}h`))
  if (us !== undefined && us > 0) return { ms: us / 1_000 }
  throw new SnetError('invalid-request', `${what}: "${written}" is neither a number of blocks nor a duration`, {
    hint: 'For example 5000, 12h or 30d.',
  })
}
