import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Flags } from '@oclif/core'
import { messageOf, SnetError } from '../../shared/errors.js'
import { isLoopbackEndpoint } from '../../shared/loopback.js'
import { secretFileFault } from '../../shared/secret-file.js'
import { readTlsFiles, type TlsPair } from '../../shared/tls-files.js'
import type { InfraAccess } from '../../shared/wire/grpc/index.js'
import { FLEET_VARIABLES, type FleetFlagValues, withVariables } from './fleet-variables.js'
import { doublesOf, type Host, readInventory, withPort } from './inventory.js'

/** Flags of every command that talks to control daemons; a variable stands for each that is not typed. */
export const fleetFlags = {
  host: Flags.string({
    summary: `Control daemon to talk to; repeat it for several. 127.0.0.1:9090 by default. ${FLEET_VARIABLES.host}: several, with commas.`,
    helpValue: 'HOST[:PORT]',
    helpGroup: 'HOSTS',
    multiple: true,
    multipleNonGreedy: true,
  }),
  inventory: Flags.string({
    summary: `YAML file with the control daemons to talk to (${FLEET_VARIABLES.inventory}).`,
    helpValue: 'FILE',
    helpGroup: 'HOSTS',
  }),
  'token-file': Flags.string({
    summary: `File with the token that the daemons require (${FLEET_VARIABLES['token-file']}).`,
    helpValue: 'FILE',
    helpGroup: 'HOSTS',
  }),
  'tls-ca': Flags.string({
    summary: `CA that signed their certificates (PEM); those of the system by default (${FLEET_VARIABLES['tls-ca']}).`,
    helpValue: 'FILE',
    helpGroup: 'HOSTS',
  }),
  'tls-cert': Flags.string({
    summary: `Client certificate (PEM), if the daemons require one (${FLEET_VARIABLES['tls-cert']}).`,
    helpValue: 'FILE',
    helpGroup: 'HOSTS',
  }),
  'tls-key': Flags.string({
    summary: `Private key (PEM) of --tls-cert (${FLEET_VARIABLES['tls-key']}).`,
    helpValue: 'FILE',
    helpGroup: 'HOSTS',
  }),
  insecure: Flags.boolean({
    summary: `Do not use TLS: anybody on the network path can read invites and the token (${FLEET_VARIABLES.insecure}=true).`,
    helpGroup: 'HOSTS',
  }),
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
 * The hosts that the flags or their variables name, in their order. TLS is used when a token or a certificate is given or
 * the host is not this one, unless `--insecure`. Error: `invalid-request` naming the flag.
 *
 * @param warn told what is allowed and had better be otherwise
 */
export async function resolveTargets(
  typed: FleetFlagValues,
  warn: (text: string) => void,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Target[]> {
  const flags = withVariables(typed, env)
  const hosts =
    flags.inventory === undefined ? parseHosts(flags.host ?? ['127.0.0.1']) : await readInventory(flags.inventory)
  const [token, ca, pair] = [
    await readToken(flags['token-file'], { env, warn }),
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

function parseHosts(written: readonly string[]): Host[] {
  const hosts = written.map((host) => {
    const address = withPort(host, (fault) => {
      throw new SnetError('invalid-request', `--host: ${fault}`, { hint: 'For example 10.0.0.7 or 10.0.0.7:9090.' })
    })
    return { name: host, address, kind: 'peer', berty: undefined }
  })
  const [doubled] = doublesOf(hosts.map(({ address }) => address))
  if (doubled !== undefined) throw new SnetError('invalid-request', `--host: ${doubled} is given twice`)
  return hosts
}

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly warn: (text: string) => void
}

async function readToken(path: string | undefined, { env, warn }: Surroundings): Promise<string | undefined> {
  if (path === undefined) return undefined
  const token = (await readNamed('token-file', path)).toString('utf8').trim()
  if (token === '') throw new SnetError('invalid-request', `--token-file: ${path} is empty`)
  // A token has to fit into a header; any other text comes from some other file.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new SnetError('invalid-request', `--token-file: ${path} contains no token: expected one word of ASCII`)
  const { problem, warning } = await secretFileFault(path, { env })
  if (problem !== undefined) throw new SnetError('invalid-request', `--token-file: ${problem}`)
  if (warning !== undefined) warn(warning)
  return token
}

async function readAuthority(path: string | undefined): Promise<Buffer | undefined> {
  if (path === undefined) return undefined
  const pem = await readNamed('tls-ca', path)
  try {
    new X509Certificate(pem)
    return pem
  } catch (cause) {
    throw new SnetError('invalid-request', `--tls-ca: ${path} contains no certificate (PEM)`, { cause })
  }
}

/** Our own certificate, proven to belong to its key. */
async function readPair(
  { 'tls-cert': cert, 'tls-key': key }: FleetFlagValues,
  warn: (text: string) => void,
): Promise<TlsPair | undefined> {
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined)
    throw new SnetError(
      'invalid-request',
      `--tls-${cert === undefined ? 'cert' : 'key'} is required with --tls-${cert === undefined ? 'key' : 'cert'}`,
    )
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
