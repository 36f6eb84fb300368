import { BlockList, isIP, isIPv6 } from 'node:net'

/** An address of IPv4 that is written as one of IPv6 means the same one. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')

interface Net {
  readonly address: string
  readonly bits: number
  readonly family: 'ipv4' | 'ipv6'
}

/** A net such as `10.0.0.0/8`, or one address; undefined for anything else. */
export function parseNet(text: string): Net | undefined {
  const [, written = '', digits] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const address = plainAddress(written)
  const version = isIP(address)
  if (version === 0) return undefined
  const most = version === 4 ? 32 : 128
  const bits = digits === undefined ? most : Number(digits)
  return bits > most ? undefined : { address, bits, family: version === 4 ? 'ipv4' : 'ipv6' }
}

/** Addresses by the nets they are in. */
export class AddressSet {
  readonly #list = new BlockList()

  /** @param nets each as `parseNet` reads it; others are passed over */
  constructor(nets: readonly string[]) {
    for (const text of nets) {
      const net = parseNet(text)
      if (net) this.#list.addSubnet(net.address, net.bits, net.family)
    }
  }

  has(address: string): boolean {
    const plain = plainAddress(address)
    const version = isIP(plain)
    return version !== 0 && !plain.includes('%') && this.#list.check(plain, version === 4 ? 'ipv4' : 'ipv6')
  }
}

/** Whoever has an address of IPv6 has its whole net of 64 bits. */
export function placeOf(client: string): string {
  if (!isIPv6(client)) return client
  const [head = '', tail] = client.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const after = tail === undefined ? [] : tail.split(':').filter((group) => group !== '')
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0')
  return [...groups, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
