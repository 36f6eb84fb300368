import { daemonSchema } from './daemon-schema.js'
import { mask } from './engine.js'
import type { LoadedConfig } from './load.js'

/** The keys that the reference tells operators (snet-behaviour 9.4), as far as they are single values. */
const SHOWN = [
  ...['allowed_user_flag', 'allowed_user_addresses', 'authentication_addresses', 'auto_ssl_domain'],
  ...['auto_ssl_cache_dir', 'blockchain_enabled', 'blockchain_network_selected', 'burst_size', 'config_path'],
  ...['daemon_group_name', 'daemon_type', 'daemon_endpoint', 'executable_path', 'ipfs_endpoint'],
  ...['lighthouse_endpoint', 'max_message_size_in_mb', 'organization_id', 'service_id', 'passthrough_enabled'],
  ...['service_endpoint', 'rate_limit_per_minute', 'ssl_cert', 'ssl_key', 'payment_channel_cert_path'],
  ...['payment_channel_ca_path', 'payment_channel_key_path', 'payment_channel_storage_type', 'alerts_email'],
  ...['heartbeat_endpoint', 'metering_enabled', 'metering_endpoint', 'notification_endpoint'],
  'service_heartbeat_type',
] as const satisfies readonly (keyof typeof daemonSchema)[]

/** What operators are told over the wire of the settings as they count: texts, secrets hidden; unset keys are absent. */
export function shownSettings({ raws, config }: Pick<LoadedConfig, 'raws' | 'config'>): Record<string, string> {
  const texts = SHOWN.flatMap((key): [string, string][] => {
    const value = mask(raws[key], daemonSchema[key])
    if (value === undefined || value === null) return []
    if (Array.isArray(value)) return [[key, value.join(',')]]
    return [[key, typeof value === 'string' ? value : JSON.stringify(value)]]
  })
  return { ...Object.fromEntries(texts), 'log.level': config.log.level }
}
