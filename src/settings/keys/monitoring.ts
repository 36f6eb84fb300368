import { boolean, choice, duration, hostPortOrOff, list, optional, privateKey, text, url } from '../fields.js'
import { LATER, NEVER_READ } from './later.js'
import { logKey } from './log.js'

/** What the daemon tells its operator. */
export const monitoringKeys = {
  log: logKey,
  metrics_endpoint: hostPortOrOff({
    default: '127.0.0.1:9464',
    doc: 'Where figures are served to everybody who can connect, at `/metrics` for Prometheus and at `/` as a page for people; empty or `off` is nowhere.',
  }),
  metrics_hosts: list(text({ doc: '' }), {
    default: [],
    doc: 'Names of this host by which people ask for that page, beside its addresses and `localhost`.',
  }),
  service_heartbeat_type: optional(
    choice(['none', 'tcp', 'http', 'https', 'grpc'], {
      doc: 'How it is found out whether the service is well. `none` and unset: it can be connected to; `tcp`: its port is open; `http`: heartbeat_endpoint answers 200 and something; `grpc`: its own health service says SERVING.',
    }),
  ),
  heartbeat_endpoint: optional(
    url({
      schemes: ['http', 'https', 'grpc', 'grpcs'],
      assumed: 'grpc',
      doc: 'The page that `http` asks, or the server that `grpc` asks, which is service_endpoint when unset.',
      was: ['heartbeat_svc_end_point'],
    }),
  ),
  heartbeat_interval: duration({
    min: 100,
    default: '5s',
    doc: 'How often it is found out; each second while it is away.',
  }),
  heartbeat_timeout: duration({
    min: 10,
    default: '3s',
    doc: 'How long the service may take to show that it is well.',
  }),
  alerts_email: optional(text({ doc: 'Who is told of a service that is away.', inert: LATER })),
  notification_endpoint: optional(
    url({
      schemes: ['http', 'https'],
      doc: 'Where alerts are sent.',
      was: ['notification_svc_end_point'],
      inert: LATER,
    }),
  ),
  metering_enabled: boolean({ default: false, doc: 'Whether usage is reported.', inert: LATER }),
  metering_endpoint: optional(
    url({ schemes: ['http', 'https'], doc: 'Where usage is reported.', was: ['metering_end_point'], inert: LATER }),
  ),
  private_key_for_metering: optional(
    privateKey({ doc: 'Signs what is reported; hex.', was: ['pvt_key_for_metering'], inert: LATER }),
  ),
  config_path: optional(text({ doc: 'Path of the config file.', inert: NEVER_READ })),
  is_curation_in_progress: optional(boolean({ doc: 'Curation.', inert: NEVER_READ })),
  hdwallet_index: optional(text({ doc: 'Wallet.', inert: NEVER_READ })),
  hdwallet_mnemonic: optional(text({ doc: 'Wallet.', inert: NEVER_READ, secret: true })),
}
