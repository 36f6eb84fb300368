import { SnetError } from '../../shared/errors.js'
import type { ChannelId } from '../../shared/units.js'

/** What every store says of channels. */

export const channelBusy = (id: ChannelId): SnetError =>
  new SnetError('channel-busy', `another transaction on channel: {ID: ${id}} is in progress`, {
    details: { channel: String(id) },
    hint: 'A channel carries one call at a time; send the payment again when the other call has ended.',
  })

export const channelMoved = (id: ChannelId): SnetError =>
  new SnetError('unavailable', `channel {ID: ${id}} was moved by somebody else, nothing was stored`, {
    hint: 'Read the channel state and sign again.',
  })

export const unlockedByOperator = (id: ChannelId): SnetError =>
  new SnetError('unavailable', `the channel {ID: ${id}} was unlocked by the operator of the daemon`, {
    hint: 'The call cost nothing: send the payment again.',
  })

export const cannotHold = (id: ChannelId): string => `cannot get mutex for channel: {ID: ${id}}`
export const cannotRead = (id: ChannelId): string => `the payment store cannot be read for channel {ID: ${id}}`
export const CANNOT_STORE = 'unable to store new payment channel state'
export const committedTwice = (): SnetError => new SnetError('bug', 'a hold is committed once, before it is released')
export const commitsAnother = (): SnetError => new SnetError('bug', 'a hold commits its own channel')
