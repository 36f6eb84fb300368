import type { ChannelChange } from './changes.js'

/** A change as a line for people. */
export const renderChange = (change: ChannelChange): string => `channel ${change.channel}: ${textOf(change)}`

function textOf({ change, nonce, amount, authorized, value, expiration }: ChannelChange): string {
  const terms = `funds ${value} cogs, until block ${expiration}`
  switch (change) {
    case 'seen':
      return `${authorized} cogs signed under nonce ${nonce}, ${terms}`
    case 'signed':
      return `${amount} cogs more signed, ${authorized} under nonce ${nonce}`
    case 'terms':
      return `now ${terms}`
    case 'expired':
      return `expired at block ${expiration} with ${amount} cogs not claimed`
    case 'claim begun':
      return `claim of ${amount} cogs under nonce ${nonce} begun`
    case 'claim settled':
      return `claim of ${amount} cogs under nonce ${nonce} settled`
  }
}
