import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { Agent } from 'undici'
import { withoutBrackets } from '../shared/host-port.js'
import { isPublicAddress } from './public-address.js'

/** What following a redirect needs from outside. */
export interface Resolver {
  /** Every address of a name. */
  lookup(hostname: string): Promise<readonly string[]>
  isAllowed(address: string): boolean
}

export const PUBLIC_INTERNET: Resolver = {
  lookup: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
  isAllowed: isPublicAddress,
}

/** Why a redirect is not followed; no other try would help. */
export class RefusedRedirect extends Error {}

/** Where a redirect leads; http(s) only, and never from https to cleartext. Error: `RefusedRedirect`. */
export function targetOf(location: string, from: URL): URL {
  if (!URL.canParse(location, from.href)) throw new RefusedRedirect('it redirects to something that is not a URL')
  const target = new URL(location, from)
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw new RefusedRedirect(`it redirects to a ${target.protocol} URL`)
  }
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    throw new RefusedRedirect(`it redirects from https to cleartext at ${target.host}`)
  }
  return target
}

/**
 * The way to a target whose every address is allowed. It connects to the addresses that were checked and asks no name
 * server again, whose second answer might be another one. Errors: `RefusedRedirect`, what `lookup` throws.
 */
export async function openCheckedWay(target: URL, resolver: Resolver): Promise<Agent> {
  const hostname = withoutBrackets(target.hostname)
  const addresses = isIP(hostname) === 0 ? await resolver.lookup(hostname) : [hostname]
  if (addresses.length === 0) throw new Error(`${hostname} has no address`)
  const forbidden = addresses.find((address) => !resolver.isAllowed(address))
  if (forbidden !== undefined) {
    const where = forbidden === hostname ? forbidden : `${hostname} at ${forbidden}`
    throw new RefusedRedirect(`it redirects to ${where}, which is not a public address`)
  }
  const checked = addresses.map((address) => ({ address, family: isIP(address) }))
  return new Agent({
    connect: {
      lookup: (_hostname, options, done) => {
        if (options.all) done(null, checked)
        else done(null, checked[0]?.address ?? '', checked[0]?.family)
      },
    },
  })
}
