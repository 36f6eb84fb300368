import { resolve } from 'node:path'
import { messageOf } from '../shared/errors.js'
import { readAuthority, readTlsFiles, type TlsPair } from '../shared/tls-files.js'
import type { Problem, Resolved } from './engine.js'
import type { daemonSchema } from './daemon-schema.js'

/** How the port of the gate speaks TLS. */
export interface PortTls {
  readonly pair: TlsPair
  readonly clientCa: Buffer | undefined
  /** Where both were read; absolute. */
  readonly files: { readonly cert: string; readonly key: string; readonly clientCa: string | undefined }
}

export interface CheckedPortTls {
  /** Undefined where there are problems, or the port does not speak TLS. */
  readonly tls: PortTls | undefined
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

/** Reads what ssl_cert, ssl_key and ssl_client_ca name. */
export async function checkPortTls(
  { config, origins }: Resolved<typeof daemonSchema>,
  cwd: string,
): Promise<CheckedPortTls> {
  const { ssl_cert, ssl_key, ssl_client_ca, gate_enabled: isServed } = config
  if (!isServed || ssl_cert === undefined || ssl_key === undefined)
    return { tls: undefined, problems: [], warnings: [] }
  const problems: Problem[] = []
  const fault = (key: string, message: string): void =>
    void problems.push({ key, message: `${key}: ${message} (from ${origins[key]})` })
  const files = { cert: resolve(cwd, ssl_cert), key: resolve(cwd, ssl_key) }
  const { pair, warnings, ...checked } = await readTlsFiles(files)
  for (const { file, message } of checked.problems) fault(`ssl_${file}`, message)
  const caFile = ssl_client_ca === undefined ? undefined : resolve(cwd, ssl_client_ca)
  const clientCa = await (caFile === undefined ? undefined : readAuthority(caFile))?.catch((cause: unknown) => {
    fault('ssl_client_ca', messageOf(cause))
    return undefined
  })
  const isRight = problems.length === 0 && pair !== undefined
  return { tls: isRight ? { pair, clientCa, files: { ...files, clientCa: caFile } } : undefined, problems, warnings }
}
