import { boolean, choice, hostPort, list, optional, path, text } from '../fields.js'

/** The control daemon that stands beside a Berty. */
export const infraKeys = {
  infra_enabled: boolean({ default: false, doc: 'Whether to run the control daemon for load tests of Berty.' }),
  infra_endpoint: optional(
    hostPort({
      doc: 'Where the control daemon listens; unset, 0.0.0.0:9090 with TLS and a token or with mTLS, else 127.0.0.1:9090.',
    }),
  ),
  infra_token_file: optional(
    path({ doc: 'File with the token that every call has to carry.', namesSecret: 'refused' }),
  ),
  infra_tls_cert: optional(
    path({ doc: 'Certificate chain (PEM) of infra_endpoint; with infra_tls_key it speaks TLS.' }),
  ),
  infra_tls_key: optional(path({ doc: 'Private key (PEM) of infra_tls_cert.', namesSecret: 'refused' })),
  infra_tls_ca: optional(path({ doc: 'CA (PEM) that has to have signed the certificates of clients: mTLS.' })),
  infra_insecure: boolean({
    default: false,
    doc: 'Whether infra_endpoint may be open to other hosts without TLS and a token, or mTLS.',
  }),
  infra_berty_endpoint: hostPort({
    default: '127.0.0.1:9091',
    doc: 'The Berty to connect to at the start.',
  }),
  infra_peer_allow: list(text({ doc: '' }), {
    default: [],
    doc: 'Hosts other than loopback on which callers may name a Berty to connect to.',
  }),
  infra_invite_format: choice(['proto', 'gob', 'url'], {
    default: 'proto',
    doc: 'Format in which invites are given out; every format is accepted. `gob` is for fleets with older control daemons.',
  }),
  infra_log_dir: optional(path({ doc: 'Directory of the log files to upload; `logs` in data_dir when unset.' })),
  infra_log_target: optional(
    text({
      doc: 'Where log files are uploaded to: a directory or a file ending in `.tar.gz` (a file URL of either too), or an http(s) URL for PUT.',
      secret: 'beyond host',
    }),
  ),
}
