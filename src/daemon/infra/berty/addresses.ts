import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { SnetError } from '../../../shared/errors.js'
import { hostPortText, withoutBrackets } from '../../../shared/host-port.js'
import { isLoopback } from '../../../shared/loopback.js'

export interface PeerAddress {
  readonly host: string
  /** A text, as in every message that has one. */
  readonly port: string
}

/**
 * HOST:PORT of a Berty that callers may name: loopback, or a host in `infra_peer_allow`. Callers must not reach, through
 * this daemon, every host that it can reach. Errors: `invalid-request`, `forbidden`.
 */
export async function readPeerAddress(address: PeerAddress, allow: readonly string[]): Promise<string> {
  const host = withoutBrackets(address.host.trim())
  const port = address.port.trim()
  if (host === '' || /[\s/@?#]/.test(host)) throw invalid(`no host: "${address.host}"`)
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) throw invalid(`no port: "${address.port}"`)
  if (!(await leadsHome(host)) && !isNamed(host, allow))
    throw new SnetError('forbidden', `a Berty at ${host} is not allowed: only loopback addresses are`, {
      hint: `Add ${host} to infra_peer_allow if this daemon may connect to it.`,
      details: { key: 'infra_peer_allow', host },
    })
  return hostPortText({ host, port: Number(port) })
}

/** A name counts as this host if all its addresses are loopback; a name without an address does not. */
async function leadsHome(host: string): Promise<boolean> {
  if (!isLoopback(host) || isIP(host) !== 0) return isLoopback(host)
  const found = await lookup(host, { all: true }).catch(() => [])
  return found.length > 0 && found.every(({ address }) => isLoopback(address))
}

const isNamed = (host: string, allow: readonly string[]): boolean =>
  allow.some((named) => withoutBrackets(named.trim()).toLowerCase() === host.toLowerCase())

const invalid = (problem: string): SnetError =>
  new SnetError('invalid-request', `the address of a Berty has ${problem}`, {
    hint: 'Give HOST and PORT, such as localhost and 9091.',
  })
