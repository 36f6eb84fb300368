import { boolean, choice, duration, integer, list, object, optional, path, text } from '../fields.js'

const STORAGE_TYPES = ['memory', 'embedded', 'etcd'] as const

/** Where payments are kept. */
export const storageKeys = {
  payment_channel_storage_type: optional(
    choice(STORAGE_TYPES, {
      doc: '`embedded` for one host, `etcd` for a group of replicas, `memory` for trials; unset, a section for etcd below decides, or an etcd that the organisation’s metadata names and that answers.',
    }),
  ),
  data_dir: optional(
    path({
      doc: 'Directory of the embedded store, of secrets and of this daemon’s control socket; default `snetd-data` beside the config file.',
    }),
  ),
  payment_channel_storage_client: optional(
    object(
      {
        connection_timeout: duration({ default: '0s', doc: 'For a connection to etcd.' }),
        request_timeout: duration({ default: '0s', doc: 'For one request to etcd.' }),
        endpoints: optional(list(text({ doc: '' }), { doc: 'URLs of etcd.' })),
        hot_reload: boolean({
          default: false,
          doc: 'Whether metadata that is registered while the daemon runs is used without a restart, with any kind of store.',
        }),
        username: optional(text({ doc: 'User of etcd, where it asks for one.' })),
        password_file: optional(path({ doc: 'File with that user’s password.' })),
      },
      {
        doc: 'etcd: `endpoints`, `connection_timeout`, `request_timeout` (0 means 5s), `username`, `password_file`, `hot_reload`.',
      },
    ),
  ),
  payment_channel_storage_server: optional(
    object(
      {
        id: text({ default: 'storage-1', doc: 'Name of the member.' }),
        scheme: choice(['http', 'https'], { default: 'http', doc: '' }),
        host: text({ default: '127.0.0.1', doc: 'Where it listens.' }),
        client_port: integer({ min: 1, max: 65_535, default: 2379, doc: 'For clients.' }),
        peer_port: integer({ min: 1, max: 65_535, default: 2380, doc: 'For other members.' }),
        token: text({ default: 'unique-token', doc: 'Names the cluster.' }),
        cluster: text({ default: 'storage-1=http://127.0.0.1:2380', doc: 'All members.' }),
        startup_timeout: duration({ default: '1m', doc: 'How long its start may take.' }),
        data_dir: path({ default: 'storage-data-dir-1.etcd', doc: 'Its files.' }),
        log_level: text({ default: 'info', doc: 'Of its log.' }),
        log_outputs: list(text({ doc: '' }), { default: ['./etcd-server.log'], doc: 'Its log.' }),
        enabled: boolean({ default: true, doc: 'Whether it is started.' }),
        program: text({ default: 'etcd', doc: 'The etcd to start: a name to look for on the PATH, or a path.' }),
      },
      {
        doc: 'An etcd that the daemon starts: `id`, `scheme`, `host`, `client_port`, `peer_port`, `token`, `cluster`, `startup_timeout`, `data_dir`, `log_level`, `log_outputs`, `enabled`, `program` (a name on the PATH, or a path).',
      },
    ),
  ),
  payment_channel_cert_path: optional(path({ doc: 'Certificate for etcd over https.' })),
  payment_channel_key_path: optional(path({ doc: 'Private key for etcd over https.', namesSecret: 'warned of' })),
  payment_channel_ca_path: optional(path({ doc: 'Authority that signed etcd’s certificate.' })),
}
