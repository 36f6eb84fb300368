import type { DaemonConfig } from './daemon-schema.js'

/** What does not go with `daemon_type: http`, if anything. */
export function plainDaemonFault(config: DaemonConfig): string | undefined {
  if (config.experimental?.traffic_split)
    return 'daemon_type: http has one port, and no gRPC that another one would be for; leave experimental.traffic_split out'
  if (config.allowed_user_flag)
    return 'daemon_type: http serves everybody, as nobody says who he is; set allowed_user_flag to false, or daemon_type to grpc'
  if (config.service_endpoint.protocol === 'unix:')
    return 'daemon_type: http asks one URL; set service_endpoint to an http or https one'
  return undefined
}
