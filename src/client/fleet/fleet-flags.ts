import { X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { Flags } from '@oclif/core'
import { messageOf, SnetError } from '../../shared/errors.js'
import { isLoopbackEndpoint } from '../../shared/loopback.js'
import { readTlsFiles, type TlsPair } from '../../shared/tls-files.js'
import type { InfraAccess } from '../../shared/wire/index.js'
import { doublesOf, type Host, readInventory, withPort } from './inventory.js'

/** Flags of every command that talks to control daemons. */
export const fleetFlags = {
  host: Flags.string({
    summary: 'Control daemon to talk to; repeat it for several. 127.0.0.1:9090 by default.',
    helpValue: 'HOST[:PORT]',
    helpGroup: 'HOSTS',
    multiple: true,
    multipleNonGreedy: true,
    exclusive: ['inventory'],
  }),
  inventory: Flags.string({
    summary: 'YAML file with the control daemons to talk to.',
    helpValue: 'FILE',
    helpGroup: 'HOSTS',
  }),
  'token-file': Flags.string({
    summary: 'File with the token that the daemons want.',
    helpValue: 'FILE',
    helpGroup: 'HOSTS',
  }),
  'tls-ca': Flags.string({
    summary: 'Authority that signed their certificates (PEM); the system’s by default.',
    helpValue: 'FILE',
    helpGroup: 'HOSTS',
  }),
  'tls-cert': Flags.string({
    summary: 'Certificate of our own (PEM), where they want one.',
    helpValue: 'FILE',
    helpGroup: 'HOSTS',
    dependsOn: ['tls-key'],
  }),
  'tls-key': Flags.string({
    summary: 'Private key (PEM) of --tls-cert.',
    helpValue: 'FILE',
    helpGroup: 'HOSTS',
    dependsOn: ['tls-cert'],
  }),
  insecure: Flags.boolean({
    summary: 'No TLS: everybody on the way can read invites and the token.',
    helpGroup: 'HOSTS',
    exclusive: ['tls-ca', 'tls-cert', 'tls-key'],
  }),
}

export interface FleetFlagValues {
  readonly host?: readonly string[] | undefined
  readonly inventory?: string | undefined
  readonly 'token-file'?: string | undefined
  readonly 'tls-ca'?: string | undefined
  readonly 'tls-cert'?: string | undefined
  readonly 'tls-key'?: string | undefined
  readonly insecure?: boolean | undefined
}

/** The flags as they would be typed again. */
export function fleetFlagWords({ host = [], insecure, ...files }: FleetFlagValues): string[] {
  const named = (['inventory', 'token-file', 'tls-ca', 'tls-cert', 'tls-key'] as const).flatMap((name) =>
    files[name] === undefined ? [] : [`--${name}`, files[name]],
  )
  return [...host.flatMap((one) => ['--host', one]), ...named, ...(insecure === true ? ['--insecure'] : [])]
}

/** A host, and how it is reached. */
export interface Target extends Host {
  readonly access: InfraAccess
}

/**
 * The hosts that the flags name, in their order. TLS when a token or a certificate is given or the host is not this one,
 * unless `--insecure`. Error: `invalid-request` naming the flag.
 *
 * @param warn told what is allowed and had better be otherwise
 */
export async function resolveTargets(flags: FleetFlagValues, warn: (text: string) => void): Promise<Target[]> {
  const hosts =
    flags.inventory === undefined ? namedHosts(flags.host ?? ['127.0.0.1']) : await readInventory(flags.inventory)
  const [token, ca, pair] = [
    await readToken(flags['token-file'], warn),
    await readAuthority(flags['tls-ca']),
    await readPair(flags, warn),
  ]
  const isAsked = token !== undefined || ca !== undefined || pair !== undefined
  return hosts.map((host) => {
    const isTls = flags.insecure !== true && (isAsked || !isLoopbackEndpoint(host.address))
    return {
      ...host,
      access: { address: host.address, token, tls: isTls ? { ...(ca && { ca }), ...pair } : undefined },
    }
  })
}

function namedHosts(written: readonly string[]): Host[] {
  const hosts = written.map((host) => {
    const address = withPort(host, (fault) => {
      throw new SnetError('invalid-request', `--host: ${fault}`, { hint: 'Such as 10.0.0.7 or 10.0.0.7:9090.' })
    })
    return { name: host, address, kind: 'peer', berty: undefined }
  })
  const [doubled] = doublesOf(hosts.map(({ address }) => address))
  if (doubled !== undefined) throw new SnetError('invalid-request', `--host: ${doubled} is given twice`)
  return hosts
}

async function readToken(path: string | undefined, warn: (text: string) => void): Promise<string | undefined> {
  if (path === undefined) return undefined
  const token = (await readNamed('token-file', path)).toString('utf8').trim()
  if (token === '') throw new SnetError('invalid-request', `--token-file: ${path} is empty`)
  // What a header can carry; anything else is some other file.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new SnetError('invalid-request', `--token-file: ${path} holds no token: one word of ASCII is expected`)
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0) warn(`others on this host may read the token in ${path}; "chmod 600 ${path}" keeps it`)
  return token
}

async function readAuthority(path: string | undefined): Promise<Buffer | undefined> {
  if (path === undefined) return undefined
  const pem = await readNamed('tls-ca', path)
  try {
    new X509Certificate(pem)
    return pem
  } catch (cause) {
    throw new SnetError('invalid-request', `--tls-ca: ${path} holds no certificate (PEM)`, { cause })
  }
}

/** Our own certificate, proven to belong to its key. */
async function readPair(
  { 'tls-cert': cert, 'tls-key': key }: FleetFlagValues,
  warn: (text: string) => void,
): Promise<TlsPair | undefined> {
  if (cert === undefined || key === undefined) return undefined
  const { pair, problems, warnings } = await readTlsFiles({ cert, key })
  for (const warning of warnings) warn(warning)
  if (pair) return pair
  throw new SnetError('invalid-request', problems.map(({ file, message }) => `--tls-${file}: ${message}`).join('\n'))
}

async function readNamed(flag: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new SnetError('invalid-request', `--${flag}: ${path} cannot be read: ${messageOf(cause)}`, { cause })
  }
}
