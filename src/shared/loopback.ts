import { BlockList, isIP } from 'node:net'
import { parseHostPort } from './host-port.js'

const LOOPBACK = new BlockList()
// Addresses of IPv6 that wrap one of IPv4 are checked as what they wrap.
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/**
 * Whether a host, an IPv6 address with or without brackets, is this one by its own name for itself: secrets go there
 * unguarded, so whatever is not written as an address in full may mean anybody.
 */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true
  const bracketed = /^\[(.*:.*)\]$/.exec(host)?.[1]
  const address = bracketed ?? host
  // A zone belongs to one link, and the block list would not look at it.
  if (isIP(address) === 0 || address.includes('%')) return false
  return LOOPBACK.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** The same of HOST:PORT. */
export const isLoopbackEndpoint = (endpoint: string): boolean => isLoopback(parseHostPort(endpoint)?.host ?? '')
