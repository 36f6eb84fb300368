import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { messageOf } from '../shared/errors.js'
import { type HostPort, hostPortText } from '../shared/host-port.js'
import { isLoopback } from '../shared/loopback.js'
import type { Problem, Resolved } from './engine.js'
import { readAuthority, readTlsFiles, type TlsPair } from '../shared/tls-files.js'
import type { daemonSchema } from './daemon-schema.js'

/** The access to the control daemon, read from the files that the settings name. */
export interface InfraAccess {
  readonly endpoint: HostPort
  /** With `ca`, clients need a certificate that it signed. */
  readonly tls: (TlsPair & { readonly ca?: Buffer }) | undefined
  readonly token: string | undefined
}

export interface CheckedAccess {
  /** Undefined when there are problems, or no control daemon is wanted. */
  readonly access: InfraAccess | undefined
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

type Found = Resolved<typeof daemonSchema>

/** Reads token and certificates. An address that others reach needs them, see `exposed`. */
export async function checkInfraAccess(found: Found, { cwd }: { cwd: string }): Promise<CheckedAccess> {
  const { config, origins } = found
  if (!config.infra_enabled) return { access: undefined, problems: [], warnings: [] }
  const problems: Problem[] = []
  const fault = (key: keyof typeof config, message: string): void =>
    void problems.push({ key, message: `${key}: ${message} (from ${origins[key] ?? 'default'})` })
  const warnings: string[] = []
  const token = await readToken(config.infra_token_file, cwd, (message) => fault('infra_token_file', message))
  const tls = await readTls(found, cwd, fault)
  const ca = await authorityOf(config.infra_tls_ca, cwd, (message) => fault('infra_tls_ca', message))
  if (config.infra_tls_ca !== undefined && config.infra_tls_cert === undefined && config.infra_tls_key === undefined)
    fault('infra_tls_ca', 'needs TLS; set infra_tls_cert and infra_tls_key too')
  warnings.push(...tls.warnings)
  if (problems.length > 0) return { access: undefined, problems, warnings }
  const isGuarded = tls.pair !== undefined && (token !== undefined || ca !== undefined)
  const endpoint = config.infra_endpoint ?? { host: isGuarded ? '0.0.0.0' : '127.0.0.1', port: DEFAULT_PORT }
  const isOpen = !isGuarded && !isLoopback(endpoint.host)
  if (isOpen && !config.infra_insecure) fault('infra_endpoint', exposureText(endpoint))
  return {
    access:
      problems.length > 0
        ? undefined
        : { endpoint, token, tls: tls.pair && { ...tls.pair, ...(ca !== undefined && { ca }) } },
    problems,
    warnings: [
      ...warnings,
      ...(isOpen && config.infra_insecure
        ? [
            `infra_insecure: anybody who reaches ${hostPortText(endpoint)} can read the secrets of groups and control this daemon`,
          ]
        : []),
    ],
  }
}

const DEFAULT_PORT = 9090

const exposureText = (endpoint: HostPort): string =>
  `${hostPortText(endpoint)} can be reached by other hosts: without TLS and a token, or mTLS, anybody there could control this daemon and read invites, which are secrets of groups (a token in plaintext counts as none, since it can be read on the network); set infra_tls_cert and infra_tls_key, and infra_token_file or infra_tls_ca with them; or listen on 127.0.0.1; or set infra_insecure to true`

async function readToken(
  file: string | undefined,
  cwd: string,
  fault: (message: string) => void,
): Promise<string | undefined> {
  if (file === undefined) return undefined
  const path = resolve(cwd, file)
  try {
    const token = (await readFile(path, 'utf8')).trim()
    if (/^[\x21-\x7e]+$/.test(token)) return token
    fault(
      `${path} ${token === '' ? 'is empty' : 'holds more than one word of printable ASCII'}; write one token into it`,
    )
  } catch (cause) {
    fault(`${path} cannot be read: ${reasonOf(cause)}`)
  }
  return undefined
}

async function readTls(
  { config, origins }: Found,
  cwd: string,
  fault: (key: 'infra_tls_cert' | 'infra_tls_key', message: string) => void,
) {
  const { infra_tls_cert: cert, infra_tls_key: key } = config
  const none = { pair: undefined, warnings: [] }
  if (cert === undefined && key === undefined) return none
  if (cert === undefined || key === undefined) {
    // The missing key has no origin; that of its partner shows where to look.
    const [missing, given] = cert === undefined ? (['cert', 'key'] as const) : (['key', 'cert'] as const)
    fault(
      `infra_tls_${missing}`,
      `is required with infra_tls_${given} (${origins[`infra_tls_${given}`]}); set it, or neither`,
    )
    return none
  }
  const checked = await readTlsFiles({ cert: resolve(cwd, cert), key: resolve(cwd, key) })
  for (const { file, message } of checked.problems) fault(`infra_tls_${file}`, message)
  return checked
}

async function authorityOf(
  file: string | undefined,
  cwd: string,
  fault: (message: string) => void,
): Promise<Buffer | undefined> {
  if (file === undefined) return undefined
  try {
    return await readAuthority(resolve(cwd, file))
  } catch (cause) {
    fault(messageOf(cause))
    return undefined
  }
}

function reasonOf(cause: unknown): string {
  const { code = '' } = cause as NodeJS.ErrnoException
  if (code.startsWith('ERR_OSSL')) return 'it holds no PEM that can be read'
  return messageOf(cause).replace(/, open '.*'$/, '')
}
