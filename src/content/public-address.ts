import { isIP, isIPv4 } from 'node:net'

type Range = readonly [prefix: readonly number[], bits: number]

/** What is not the public internet although it looks like an address of it (the special-purpose registries of IANA). */
const SPECIAL_V4: readonly Range[] = [
  [[0, 0, 0, 0], 8], // "this network"
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10], // carriers' NAT
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16], // link-local, where clouds serve their credentials
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 88, 99, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 4], // multicast
  [[240, 0, 0, 0], 4], // reserved, and broadcast
]

/** All that was ever given out; loopback, link-local, unique-local and multicast lie outside. */
const GLOBAL_V6: Range = [[0x20, 0], 3]
const SPECIAL_V6: readonly Range[] = [
  [[0x20, 0x01, 0, 0], 23], // protocol assignments, Teredo among them
  [[0x20, 0x01, 0x0d, 0xb8], 32],
  [[0x20, 0x02], 16], // 6to4 carries an IPv4 address that nobody checked
  [[0x3f, 0xff, 0], 20],
]

const MAPPED_V4: Range = [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 96]
const NAT64: Range = [[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96]

/** Whether an IP address is one of the public internet; what is no address is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return isPublicV4(address.split('.').map(Number))
  // A zone, as in fe80::1%eth0, makes sense on this link only.
  if (isIP(address) === 0 || address.includes('%')) return false
  const bytes = bytesOfV6(address)
  if ([MAPPED_V4, NAT64].some((range) => isIn(bytes, range))) return isPublicV4(bytes.slice(12))
  return isIn(bytes, GLOBAL_V6) && !SPECIAL_V6.some((range) => isIn(bytes, range))
}

const isPublicV4 = (bytes: readonly number[]): boolean => !SPECIAL_V4.some((range) => isIn(bytes, range))

function isIn(bytes: readonly number[], [prefix, bits]: Range): boolean {
  return prefix.every((byte, i) => {
    const counting = Math.min(8, Math.max(0, bits - 8 * i))
    return (((bytes[i] ?? 0) ^ byte) & (0xff << (8 - counting)) & 0xff) === 0
  })
}

function bytesOfV6(address: string): number[] {
  // The URL parser knows every spelling and leaves groups of hex digits only.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const groups = (text = ''): number[] => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)))
  const [before, after] = [groups(head), groups(tail)]
  const between = Array<number>(8 - before.length - after.length).fill(0)
  return [...before, ...between, ...after].flatMap((group) => [group >> 8, group & 0xff])
}
