import { resolve } from 'node:path'
import { messageOf } from '../shared/errors.js'
import { readAuthority, readTlsFiles, type TlsPair } from '../shared/tls-files.js'
import type { Problem, Resolved } from './engine.js'
import type { daemonSchema } from './daemon-schema.js'

/** How the port of the gate speaks TLS. Paths are absolute. */
export interface PortTls {
  readonly from: FilePair | AcmeFiles
  /** Authorities of clients; undefined where they are not asked. */
  readonly clientCa: { readonly path: string; readonly pem: Buffer } | undefined
}

/** What ssl_cert and ssl_key name. */
export interface FilePair {
  readonly kind: 'files'
  readonly pair: TlsPair
  readonly cert: string
  readonly key: string
}

/** What is needed to fetch a certificate by ACME. */
export interface AcmeFiles {
  readonly kind: 'acme'
  readonly domain: string
  readonly cacheDir: string
  readonly directoryCa: Buffer | undefined
}

export interface CheckedPortTls {
  /** Undefined where there are problems, or the port does not speak TLS. */
  readonly tls: PortTls | undefined
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

/** Reads the files that are named. A domain for ACME counts before ssl_cert and ssl_key, as in the reference. */
export async function checkPortTls(found: Resolved<typeof daemonSchema>, cwd: string): Promise<CheckedPortTls> {
  const { config, origins } = found
  const problems: Problem[] = []
  const fault = (key: string, message: string): void =>
    void problems.push({ key, message: `${key}: ${message} (from ${origins[key]})` })
  const readCa = async (key: 'ssl_client_ca' | 'auto_ssl_directory_ca') => {
    const file = config[key]
    if (file === undefined) return undefined
    const path = resolve(cwd, file)
    const pem = await readAuthority(path).catch((cause: unknown) => {
      fault(key, messageOf(cause))
      return undefined
    })
    return pem && { path, pem }
  }
  const { ssl_cert: cert, ssl_key: key, auto_ssl_domain: domain } = config
  const isSpoken = domain !== undefined || (cert !== undefined && key !== undefined)
  if (!config.gate_enabled || !isSpoken) return { tls: undefined, problems, warnings: [] }
  const clientCa = await readCa('ssl_client_ca')
  if (domain !== undefined) {
    const directoryCa = (await readCa('auto_ssl_directory_ca'))?.pem
    const from: AcmeFiles = { kind: 'acme', domain, cacheDir: resolve(cwd, config.auto_ssl_cache_dir), directoryCa }
    return { tls: problems.length === 0 ? { from, clientCa } : undefined, problems, warnings: [] }
  }
  const files = { cert: resolve(cwd, cert as string), key: resolve(cwd, key as string) }
  const { pair, warnings, ...checked } = await readTlsFiles(files)
  for (const { file, message } of checked.problems) fault(`ssl_${file}`, message)
  const from = pair && ({ kind: 'files', pair, ...files } satisfies FilePair)
  return { tls: problems.length === 0 && from ? { from, clientCa } : undefined, problems, warnings }
}
