import { readFile } from 'node:fs/promises'
import { messageOf, SnetError } from '../../shared/errors.js'
import { hostPortText, parseHostPort } from '../../shared/host-port.js'
import { isObject } from '../../shared/is-object.js'
import { nearestKey } from '../../shared/nearest-key.js'

/** A host with a control daemon. */
export interface Host {
  readonly name: string
  /** HOST:PORT of its control daemon. */
  readonly address: string
  /** What runs there: `peer` takes part in groups and tests, others only in what concerns every host. */
  readonly kind: string
  /** HOST:PORT of the Berty, as that host sees it. */
  readonly berty: string | undefined
}

const DEFAULT_PORT = 9090

/**
 * The hosts of an inventory: YAML with `peers:`, either a list of `{name, address, kind, berty}` or a map of name to the
 * rest. Error: `invalid-request` with a line for each fault.
 */
export async function readInventory(path: string): Promise<Host[]> {
  const { parseYaml } = await import('../../settings/index.js')
  let content: unknown
  try {
    content = parseYaml(path, await readFile(path, 'utf8'))
  } catch (cause) {
    throw new SnetError('invalid-request', `the inventory ${path} cannot be read: ${messageOf(cause)}`, { cause })
  }
  return parseInventory(content, path)
}

const KINDS = ['peer', 'replication', 'rdvp', 'relay', 'bootstrap']
const KEYS = ['name', 'address', 'kind', 'berty']

function parseInventory(content: unknown, path: string): Host[] {
  const peers = isObject(content) ? content['peers'] : undefined
  const entries: [name: unknown, entry: unknown][] = Array.isArray(peers)
    ? peers.map((entry: unknown) => [isObject(entry) ? entry['name'] : undefined, entry])
    : isObject(peers)
      ? Object.entries(peers)
      : []
  const faults = unknownIn(content, ['peers'])
  const hosts = entries.flatMap(([name, entry], at) => parseEntry(name, entry, at, faults))
  faults.push(...doublesOf(hosts.map(({ name }) => name)).map((name) => `two peers have the name ${name}`))
  // It would count as two members of a group, one of which would miss every message.
  faults.push(...doublesOf(hosts.map(({ address }) => address)).map((one) => `two peers have the address ${one}`))
  if (entries.length === 0) faults.push('no peers')
  if (faults.length > 0) {
    throw new SnetError('invalid-request', faults.map((fault) => `the inventory ${path}: ${fault}`).join('\n'), {
      hint: 'Expected "peers:" with a list of {name, address, kind, berty}, or a map by name.',
    })
  }
  return hosts
}

/** Reports unknown keys: a misspelt one would be ignored in silence. */
const unknownIn = (given: unknown, known: readonly string[]): string[] =>
  isObject(given)
    ? Object.keys(given).flatMap((key) => (known.includes(key) ? [] : [`unknown key ${key}${meant(key, known)}`]))
    : []

function meant(written: string, known: readonly string[]): string {
  const nearest = nearestKey(written, known)
  return nearest === undefined ? ` (${known.join(', ')} are known)` : `; did you mean ${nearest}?`
}

/** The texts that occur more than once. */
export const doublesOf = (texts: readonly string[]): string[] => [
  ...new Set(texts.filter((text, at) => text !== '' && texts.indexOf(text) !== at)),
]

function parseEntry(name: unknown, entry: unknown, at: number, faults: string[]): Host[] {
  const shown = typeof name === 'string' && name !== '' ? name : `entry ${at + 1}`
  const text = (key: string): string | undefined => {
    const value = isObject(entry) ? entry[key] : undefined
    if (value === undefined || value === null) return undefined
    if (typeof value === 'string' && value !== '') return value
    faults.push(`${shown}: ${key} must be a text`)
    return undefined
  }
  if (shown !== name) faults.push(`${shown} has no name`)
  const address = text('address')
  if (address === undefined) faults.push(`${shown} has no address`)
  faults.push(...unknownIn(entry, KEYS).map((fault) => `${shown}: ${fault}`))
  const kind = text('kind') ?? 'peer'
  if (!KINDS.includes(kind)) faults.push(`${shown}: unknown kind ${kind}${meant(kind, KINDS)}`)
  const host = { name: shown, kind, berty: text('berty') }
  return [
    { ...host, address: address === undefined ? '' : withPort(address, (fault) => faults.push(`${shown}: ${fault}`)) },
  ]
}

/** HOST[:PORT] with its port; IPv6 in brackets. */
export function withPort(written: string, onFault: (fault: string) => void): string {
  const found = parseHostPort(written) ?? parseHostPort(`${written}:${DEFAULT_PORT}`)
  if (found !== undefined && found.port > 0) return hostPortText(found)
  onFault(`"${written}" is not HOST or HOST:PORT`)
  return ''
}
