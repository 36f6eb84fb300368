import {
  boolean,
  choice,
  custom,
  duration,
  hostPortOrOff,
  integer,
  list,
  mailbox,
  optional,
  privateKey,
  text,
  url,
} from '../fields.js'
import { Expected } from '../engine.js'
import { logKey } from './log.js'
import { NEVER_READ } from './never-read.js'

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
  traces_endpoint: optional(
    url({
      schemes: ['http', 'https'],
      secret: 'beyond host',
      doc: 'OpenTelemetry collector that traces of calls are sent to, by OTLP over HTTP, such as http://127.0.0.1:4318; unset is nowhere.',
    }),
  ),
  traces_sample_ratio: custom<number>(
    'number, 0 to 1',
    {
      default: 1,
      doc: 'The share of calls that are traced, from 0 to 1.',
    },
    parseShare,
  ),
  traces_trust_clients: boolean({
    default: false,
    doc: 'Whether a call with `traceparent` goes on in the trace that it names, and is recorded where that is.',
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
  alerts_email: optional(
    mailbox({ doc: 'Whom notification_endpoint writes to when something has to be seen to: one address of e-mail.' }),
  ),
  notification_endpoint: optional(
    url({
      schemes: ['http', 'https'],
      doc: 'Service that alerts are posted to; it writes to alerts_email.',
      was: ['notification_svc_end_point'],
    }),
  ),
  alert_expiring_blocks: integer({
    min: 0,
    max: 10_000_000,
    default: 7_200,
    doc: 'An alert tells of money that is signed and not claimed, so many blocks before its channel expires; 0 tells of none.',
  }),
  alert_free_disk_in_mb: integer({
    min: 0,
    max: 2 ** 31 - 1,
    default: 256,
    doc: 'An alert tells when less than so many MiB are free on the disk of data_dir; 0 never does.',
  }),
  metering_enabled: boolean({
    default: false,
    doc: 'Whether calls and payments are reported to metering_endpoint, where calls are paid.',
  }),
  metering_endpoint: optional(
    url({ schemes: ['http', 'https'], doc: 'Service that is told of usage.', was: ['metering_end_point'] }),
  ),
  metering_queue_size: integer({
    min: 100,
    max: 1_000_000,
    default: 50_000,
    doc: 'So many reports are kept in data_dir, about 1 kB each, while metering_endpoint does not take them; of more, the oldest are dropped.',
  }),
  private_key_for_metering: optional(
    privateKey({ doc: 'Signs what is reported, and alerts; hex.', was: ['pvt_key_for_metering'] }),
  ),
  config_path: optional(text({ doc: 'Path of the config file.', inert: NEVER_READ })),
  is_curation_in_progress: optional(boolean({ doc: 'Curation.', inert: NEVER_READ })),
  hdwallet_index: optional(text({ doc: 'Wallet.', inert: NEVER_READ })),
  hdwallet_mnemonic: optional(text({ doc: 'Wallet.', inert: NEVER_READ, secret: true })),
}

function parseShare(raw: unknown): number {
  const share = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw
  if (typeof share === 'number' && share >= 0 && share <= 1) return share
  throw new Expected('a number from 0 to 1')
}
