import type { DaemonConfig } from './daemon-schema.js'

/** What is wrong with the keys of alerts and metering together, if anything; the first words are the reference's. */

export const alertsFault = ({ alerts_email: to, notification_endpoint: endpoint }: DaemonConfig) =>
  to !== undefined &&
  endpoint === undefined &&
  'service endpoint  and alerts email id must be valid; set notification_endpoint to the service that writes to alerts_email, or leave both out'

export const meteringFault = ({ metering_enabled: isMetered, metering_endpoint: endpoint }: DaemonConfig) =>
  isMetered &&
  endpoint === undefined &&
  'to Support Metering you need to have a valid Metering End point; set metering_endpoint, or metering_enabled to false'

export const meteringKeyFault = ({ metering_enabled: isMetered, private_key_for_metering: key }: DaemonConfig) =>
  isMetered &&
  key === undefined &&
  'private_key_for_metering: reports are signed, and the metering service knows by which key; set it, or metering_enabled to false'

type Keys = 'alerts_email' | 'notification_endpoint' | 'private_key_for_metering' | 'metering_enabled'

/** What of it has less of an effect than it seems. */
export function reportCautions(
  { alerts_email: to, notification_endpoint: endpoint, ...config }: Pick<DaemonConfig, Keys>,
  { payments: isUnpaid }: { readonly payments: boolean },
): string[] {
  const alerts =
    endpoint === undefined
      ? undefined
      : to === undefined
        ? 'notification_endpoint is set, but alerts_email is not: alerts are in the log alone'
        : config.private_key_for_metering === undefined
          ? 'alerts_email is set, but private_key_for_metering, which signs alerts, is not: they are in the log alone'
          : undefined
  return [
    ...(alerts === undefined ? [] : [alerts]),
    ...(config.metering_enabled && isUnpaid
      ? ['metering_enabled is true, but no calls are paid: nothing is reported']
      : []),
  ]
}
