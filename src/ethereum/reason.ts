import { messageOf } from '../shared/errors.js'

/** The reason that ethers gives, without the request that it appends: that has the URL in it, and so a provider's key. */
export function shortReason(cause: unknown): string {
  const { shortMessage, error } = cause as { shortMessage?: string; error?: { message?: string } }
  return shortMessage ?? error?.message ?? messageOf(cause).split(' (')[0] ?? 'no reason given'
}
