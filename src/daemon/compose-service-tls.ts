import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { messageOf, SnetError } from '../shared/errors.js'
import type { DaemonConfig } from '../settings/index.js'
import type { UpstreamConfig } from './gateway/index.js'

/** The files are read now: another one counts from the next start on. Error: `invalid-config`. */
export function serviceTls(config: DaemonConfig): UpstreamConfig['tls'] {
  const read = (key: 'service_tls_ca' | 'service_tls_cert' | 'service_tls_key'): Buffer | undefined => {
    const path = config[key]
    try {
      return path === undefined ? undefined : readFileSync(path)
    } catch (cause) {
      throw new SnetError('invalid-config', `${key}: ${path} cannot be read: ${messageOf(cause)}`, { cause })
    }
  }
  const files = { ca: read('service_tls_ca'), cert: read('service_tls_cert'), key: read('service_tls_key') }
  try {
    createSecureContext(files)
  } catch (cause) {
    const message = `service_tls_ca, service_tls_cert or service_tls_key cannot be used: ${messageOf(cause)}`
    throw new SnetError('invalid-config', message, {
      hint: 'Each names a file in PEM; the key is that of the certificate.',
    })
  }
  return { ...files, serverName: config.service_tls_server_name }
}
