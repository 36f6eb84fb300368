import {
  boolean,
  choice,
  custom,
  domain,
  duration,
  hostPort,
  integer,
  integerOrAuto,
  list,
  net,
  object,
  origin,
  optional,
  path,
  quantity,
  required,
  text,
  url,
} from '../fields.js'
import { type NamedRateLimit, parseRateLimits } from './rate-limits.js'

/** The port that paying clients connect to, and what it takes. */
export const gateKeys = {
  gate_enabled: boolean({ default: true, doc: 'Whether to run the payment gate in front of a service.' }),
  daemon_endpoint: hostPort({
    default: '127.0.0.1:8080',
    doc: 'Address that paying clients connect to.',
    was: ['daemon_end_point'],
  }),
  ssl_cert: optional(path({ doc: 'Certificate chain (PEM); with ssl_key the port speaks TLS.' })),
  ssl_key: optional(path({ doc: 'Private key (PEM) of ssl_cert.', namesSecret: 'warned of' })),
  ssl_min_version: choice(['1.2', '1.3'], { default: '1.2', doc: 'Oldest version of TLS that clients may speak.' }),
  ssl_client_ca: optional(
    path({ doc: 'Authorities (PEM) of clients: a client that shows a certificate needs one that they signed.' }),
  ),
  ssl_client_required: boolean({
    default: false,
    doc: 'Whether clients without a certificate of ssl_client_ca are turned away.',
  }),
  ssl_warn_days: integer({
    min: 0,
    max: 365,
    default: 14,
    doc: 'How many days before its end a certificate is warned of, in health and log.',
  }),
  auto_ssl_domain: optional(
    domain({ doc: 'Domain whose certificate is fetched by ACME, in place of ssl_cert, and renewed in time.' }),
  ),
  auto_ssl_cache_dir: path({
    default: '.certs',
    doc: 'Where certificates fetched by ACME are kept.',
    flag: { name: 'auto-ssl-cache' },
  }),
  auto_ssl_directory: optional(
    url({
      schemes: ['https'],
      doc: 'Directory of the authority that hands out certificates by ACME; Let’s Encrypt by default.',
    }),
  ),
  auto_ssl_directory_ca: optional(
    path({ doc: 'Authorities (PEM) that vouch for auto_ssl_directory; the public ones by default.' }),
  ),
  auto_ssl_email: optional(text({ doc: 'Whom the authority may write to about the certificate.' })),
  auto_ssl_challenge: choice(['http-01', 'tls-alpn-01'], {
    default: 'http-01',
    doc: 'How the domain is proved: by auto_ssl_http_port, which port 80 of the domain has to reach, or by daemon_endpoint, which port 443 has to reach.',
  }),
  auto_ssl_http_port: integer({
    min: 0,
    max: 65_535,
    default: 80,
    doc: 'Port that answers the challenge http-01 and sends everybody else to https; 0 takes any free one.',
  }),
  rate_limit_per_minute: optional(
    quantity({
      doc: 'Calls to the service that are let in per minute, all of them at once without burst_size; 0 or unset is no limit.',
    }),
  ),
  burst_size: optional(
    integer({
      min: 0,
      max: 2 ** 31 - 1,
      doc: 'Calls that rate_limit_per_minute lets in at once; 0 or unset: as many as it lets in within one minute.',
    }),
  ),
  max_calls_in_flight: integer({
    min: 1,
    max: 1_000_000,
    default: 4096,
    doc: 'Calls served at a time; more are refused.',
  }),
  max_calls_waiting: integer({
    min: 1,
    max: 1_000_000,
    default: 4096,
    doc: 'Calls that may be open before their first message begins, about 14 kB each; beyond that, the oldest is refused.',
  }),
  rate_limit_per_client_per_minute: optional(
    quantity({
      doc: 'Calls to the service that are let in of one client per minute, all of them at once; 0 or unset is no limit.',
    }),
  ),
  rate_limit_per_payer_per_minute: optional(
    quantity({
      doc: 'Paid or free calls that are let in of one payer per minute, all of them at once; counted once he has proved who he is. 0 or unset is no limit.',
    }),
  ),
  rate_limits: custom<readonly NamedRateLimit[]>(
    'list of objects',
    {
      default: [],
      doc: 'Calls per minute of single methods and services: `[{"method": "/pkg.Service/Method", "per_minute": 60, "burst_size": 5}]`, where burst_size may be missing; the method `/pkg.Service/*` is all of its methods together.',
    },
    parseRateLimits,
  ),
  rate_limit_shared: boolean({
    default: false,
    doc: 'Whether all replicas together let in what rate_limit_per_minute, rate_limit_per_payer_per_minute and rate_limits say, in place of each; needs etcd.',
  }),
  trusted_proxies: list(net({ doc: '' }), {
    default: [],
    doc: 'Addresses or nets of the proxies in front of this port whose word on their clients counts, by `x-forwarded-for` and, with proxy_protocol, by PROXY.',
  }),
  proxy_protocol: boolean({
    default: false,
    doc: 'Whether connections of trusted_proxies begin with a header of the PROXY protocol, version 1 or 2.',
  }),
  allowed_origins: list(origin({ doc: '' }), {
    default: ['*'],
    doc: 'Origins of the web pages that may make calls, such as `https://app.example.com`; `*` is every page.',
  }),
  reflection_enabled: boolean({
    default: true,
    doc: 'Whether tools such as grpcurl are told, by grpc.reflection, what the published proto files of the service and those of the daemon declare.',
  }),
  first_message_timeout: duration({
    min: 1,
    default: '10s',
    doc: 'How long a call may be open before its first message begins; its channel is not held meanwhile.',
  }),
  client_stall_timeout: duration({
    min: 1,
    default: '60s',
    doc: 'How long a client may stop reading an answer, or stop within its request, while the service waits for it.',
  }),
  data_plane: choice(['frames', 'node'], {
    default: 'frames',
    doc: 'Whose HTTP/2 is spoken: `frames`, our own, or `node`, that of Node.js, which takes several times the processor time.',
  }),
  recovery_workers: integerOrAuto({
    min: 0,
    max: 8,
    default: 'auto',
    doc: 'How many threads recover the signers of payments beside the one that does all else; `auto` is none with fewer than 4 cores, those that a control group leaves it, else 1.',
  }),
  shutdown_delay: duration({
    default: '0s',
    doc: 'How long a stop is only told to those who watch the health, as 503 and NOT_SERVING, before calls are taken no more: what a load balancer needs to turn to others.',
  }),
  drain_timeout: duration({ default: '10s', doc: 'How long calls in flight may finish after that.' }),
  startup_timeout: duration({
    default: '30s',
    doc: 'How long a start waits for a node, metadata host or store that does not answer yet.',
  }),
  experimental: optional(
    object(
      {
        split_grpc_web: optional(boolean({ doc: 'Belonged to the old multiplexer.' })),
        use_original_cmux: optional(boolean({ doc: 'Belonged to the old multiplexer.' })),
        traffic_split: optional(
          object(
            {
              grpc: required(integer({ min: 0, max: 65_535, doc: 'Port of gRPC.' }), 'set the port of gRPC'),
              http: required(integer({ min: 0, max: 65_535, doc: 'Port of web pages.' }), 'set the port of web pages'),
            },
            { doc: 'A port each for gRPC and web pages.' },
          ),
        ),
      },
      {
        doc: '`traffic_split`: `{grpc, http}`, ports for gRPC, and for gRPC-Web and pages, on the host of daemon_endpoint, whose own port is then not listened on. `split_grpc_web` and `use_original_cmux` have no effect.',
      },
    ),
  ),
}
