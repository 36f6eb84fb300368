import { readFile } from 'node:fs/promises'
import { Flags } from '@oclif/core'
import { messageOf, SnetError } from '../../shared/errors.js'
import type { InfraAccess } from '../../shared/wire/index.js'
import { type Host, readInventory, withPort } from './inventory.js'

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

/** A host, and how it is reached. */
export interface Target extends Host {
  readonly access: InfraAccess
}

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\]):/

/**
 * The hosts that the flags name, in their order. TLS when a token or a certificate is given or the host is not this one,
 * unless `--insecure`. Error: `invalid-request` naming the flag.
 */
export async function resolveTargets(flags: FleetFlagValues): Promise<Target[]> {
  const hosts =
    flags.inventory === undefined ? namedHosts(flags.host ?? ['127.0.0.1']) : await readInventory(flags.inventory)
  const [token, ca, cert, key] = await Promise.all([
    readToken(flags['token-file']),
    readPem('tls-ca', flags['tls-ca']),
    readPem('tls-cert', flags['tls-cert']),
    readPem('tls-key', flags['tls-key']),
  ])
  const isAsked = token !== undefined || ca !== undefined || cert !== undefined
  const tls = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
  return hosts.map((host) => {
    const isTls = flags.insecure !== true && (isAsked || !LOOPBACK.test(host.address))
    return { ...host, access: { address: host.address, token, tls: isTls ? tls : undefined } }
  })
}

function namedHosts(written: readonly string[]): Host[] {
  return written.map((host) => {
    const address = withPort(host, (fault) => {
      throw new SnetError('invalid-request', `--host: ${fault}`, { hint: 'Such as 10.0.0.7 or 10.0.0.7:9090.' })
    })
    return { name: host, address, kind: 'peer', berty: undefined }
  })
}

async function readToken(path: string | undefined): Promise<string | undefined> {
  const token = (await readNamed('token-file', path))?.toString('utf8').trim()
  if (token === '') throw new SnetError('invalid-request', `--token-file: ${path} is empty`)
  return token
}

const readPem = (flag: string, path: string | undefined): Promise<Buffer | undefined> => readNamed(flag, path)

async function readNamed(flag: string, path: string | undefined): Promise<Buffer | undefined> {
  if (path === undefined) return undefined
  try {
    return await readFile(path)
  } catch (cause) {
    throw new SnetError('invalid-request', `--${flag}: ${path} cannot be read: ${messageOf(cause)}`, { cause })
  }
}
