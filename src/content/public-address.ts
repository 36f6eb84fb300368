import { BlockList, isIP, isIPv4 } from 'node:net'

/** What is not the public internet although it looks like an address of it (the special-purpose registries of IANA). */
const SPECIAL_V4 = subnets('ipv4', [
  ['0.0.0.0', 8], // "this network"
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carriers' NAT
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local, where clouds serve their credentials
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
])

/** The only IPv6 range that was ever given out; loopback, link-local, unique-local and multicast lie outside. */
const GLOBAL_V6 = subnets('ipv6', [['2000::', 3]])
const SPECIAL_V6 = subnets('ipv6', [
  ['2001::', 23], // protocol assignments, Teredo among them
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4 carries an IPv4 address that nobody checked
  ['3fff::', 20],
])

/** IPv6 addresses that wrap an IPv4 one, which is what counts: mapped ones, and those of NAT64. */
const WRAPPING = /^(?:::ffff|64:ff9b:):([0-9a-f]{1,4}):([0-9a-f]{1,4})$/

/**
 * Whether an IP address is one of the public internet; what is no address is not. A block list answers "not listed" to
 * whatever it does not understand, so nothing but plain addresses of one family reaches it.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return isPublicV4(address)
  // An address with a zone, such as fe80::1%eth0, is valid on one link only.
  if (isIP(address) === 0 || address.includes('%')) return false
  const wrapped = unwrapV4(address)
  if (wrapped !== undefined) return isPublicV4(wrapped)
  return GLOBAL_V6.check(address, 'ipv6') && !SPECIAL_V6.check(address, 'ipv6')
}

const isPublicV4 = (address: string): boolean => !SPECIAL_V4.check(address, 'ipv4')

function unwrapV4(address: string): string | undefined {
  // The URL parser knows every spelling, and writes each address in one: the shortest, in hex.
  const [, high, low] = WRAPPING.exec(new URL(`http://[${address}]`).hostname.slice(1, -1)) ?? []
  if (high === undefined || low === undefined) return undefined
  return [high, low].flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff]).join('.')
}

function subnets(family: 'ipv4' | 'ipv6', ranges: readonly (readonly [prefix: string, bits: number])[]): BlockList {
  const list = new BlockList()
  for (const [prefix, bits] of ranges) list.addSubnet(prefix, bits, family)
  return list
}
