import { isIPv4 } from 'node:net'
import { isLoopback } from '../shared/loopback.js'
import type { DaemonConfig } from './daemon-schema.js'

const EVERY_INTERFACE = ['0.0.0.0', '::']

/** Whether the gate would be its own service. */
export function pointsAtItself({ daemon_endpoint: own, service_endpoint: service }: DaemonConfig): boolean {
  const isTls = service.protocol === 'https:' || service.protocol === 'grpcs:'
  const servicePort = Number(service.port || (isTls ? 443 : 80))
  if (own.port === 0 || own.port !== servicePort) return false
  if (own.host === service.hostname) return true
  if (!isLoopback(service.hostname)) return false
  if (EVERY_INTERFACE.includes(own.host)) return true
  // Two addresses of 127.0.0.0/8 are two places; by a name or by IPv6 it may be the same one.
  return isLoopback(own.host) && !(isIPv4(own.host) && isIPv4(service.hostname))
}
