import { isIP } from 'node:net'

/**
 * Whether a Host header names this daemon by what can only be itself: an address, `localhost`, or one of its names. A page
 * of somebody else whose name was made to lead here (DNS rebinding) would read what is told otherwise.
 */
export function isOwnHost(header: string | undefined, names: readonly string[]): boolean {
  const [, host = ''] = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]+)(?::\d{1,5})?$/.exec(header ?? '') ?? []
  const name = host.toLowerCase().replace(/\.$/, '')
  const address = name.startsWith('[') ? name.slice(1, -1) : name
  return isIP(address) !== 0 || name === 'localhost' || names.some((own) => own.toLowerCase() === name)
}
