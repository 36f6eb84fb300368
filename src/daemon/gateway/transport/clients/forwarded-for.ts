import { isIP } from 'node:net'
import { type AddressSet, plainAddress } from '../../../../shared/address-set.js'

/** Proxies that a call has gone through. */
const MAX_HOPS = 32

/**
 * Where a client is, by what proxies say of each other in `x-forwarded-for`: each adds at the right whom it was called by,
 * so the list is walked from there for as long as who says it is trusted. What is further left anybody can have made up.
 */
export function clientBehind(peer: string, lines: readonly string[], trusted: AddressSet): string {
  if (lines.length === 0) return peer
  let client = peer
  const entries = lines.join(',').split(',').slice(-MAX_HOPS)
  for (const entry of entries.toReversed()) {
    if (!trusted.has(client)) return client
    const next = addressIn(entry.trim())
    if (next === undefined) return client
    client = next
  }
  return client
}

/** Some proxies add the port. */
function addressIn(text: string): string | undefined {
  const [, bracketed, plain] =
    /^(?:\[([0-9a-fA-F:.]+)\](?::\d{1,5})?|(\d+\.\d+\.\d+\.\d+)(?::\d{1,5})?)$/.exec(text) ?? []
  const address = bracketed ?? plain ?? text
  return isIP(address) === 0 || address.includes('%') ? undefined : plainAddress(address)
}
