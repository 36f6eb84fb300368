import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { SnetError } from '../../../shared/errors.js'

export interface PeerAddress {
  readonly host: string
  /** A text on every wire that carries it. */
  readonly port: string
}

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/**
 * HOST:PORT of a Berty that callers may name: loopback, or a host in `infra_peer_allow`. Who may steer this daemon must
 * not thereby reach every host that it can reach. Errors: `invalid-request`, `forbidden`.
 */
export async function readPeerAddress(address: PeerAddress, allow: readonly string[]): Promise<string> {
  const host = withoutBrackets(address.host.trim())
  const port = address.port.trim()
  if (host === '' || /[\s/@?#]/.test(host)) throw invalid(`no host: "${address.host}"`)
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) throw invalid(`no port: "${address.port}"`)
  if (!(await isLoopback(host)) && !isNamed(host, allow))
    throw new SnetError('forbidden', `a Berty at ${host} is not allowed: only loopback addresses are`, {
      hint: `Add ${host} to infra_peer_allow if this daemon shall connect to it.`,
      details: { key: 'infra_peer_allow', host },
    })
  return endpointOf(host, port)
}

/** Splits HOST:PORT, [HOST]:PORT too. Error: `invalid-request`. */
export function splitEndpoint(endpoint: string): PeerAddress {
  const [, host, port] = /^(.+):(\d+)$/.exec(endpoint) ?? []
  if (host === undefined || port === undefined) throw invalid(`no HOST:PORT: "${endpoint}"`)
  return { host: withoutBrackets(host), port }
}

export const endpointOf = (host: string, port: string): string =>
  `${isIP(host) === 6 ? `[${host}]` : host}:${Number(port)}`

/** A name is loopback when every address that it has is; one that resolves to nothing is not. */
async function isLoopback(host: string): Promise<boolean> {
  const family = isIP(host)
  if (family !== 0) return isLoopbackAddress(host, family)
  if (host.toLowerCase() !== 'localhost') return false
  const found = await lookup(host, { all: true }).catch(() => [])
  return found.length > 0 && found.every(({ address, family: of }) => isLoopbackAddress(address, of))
}

const isLoopbackAddress = (address: string, family: number): boolean =>
  LOOPBACK.check(address, family === 6 ? 'ipv6' : 'ipv4')

const isNamed = (host: string, allow: readonly string[]): boolean =>
  allow.some((named) => withoutBrackets(named.trim()).toLowerCase() === host.toLowerCase())

const withoutBrackets = (host: string): string => (/^\[.*\]$/.test(host) ? host.slice(1, -1) : host)

const invalid = (problem: string): SnetError =>
  new SnetError('invalid-request', `the address of a Berty has ${problem}`, {
    hint: 'Give HOST and PORT, such as localhost and 9091.',
  })
