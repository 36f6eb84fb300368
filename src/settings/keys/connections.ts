import { duration, integer } from '../fields.js'

/** What one connection to the gate may have of it, and for how long. */
export const connectionKeys = {
  max_connections: integer({
    min: 1,
    max: 1_000_000,
    default: 10_000,
    doc: 'Connections open at a time; more are closed at once.',
  }),
  max_connections_per_client: integer({
    min: 1,
    max: 1_000_000,
    default: 5_000,
    doc: 'Connections of one client at a time, by his address; of IPv6 by its first 64 bits.',
  }),
  handshake_timeout: duration({
    min: 100,
    default: '10s',
    doc: 'How long a new connection may take to say what it speaks, TLS included, and a request of HTTP/1.1 until its head has come.',
  }),
  connection_idle_timeout: duration({
    min: 1,
    default: '10m',
    doc: 'How long an HTTP/2 connection may be open without a call.',
  }),
  connection_max_age: duration({
    default: '0s',
    doc: 'After so long, and a tenth more or less, an HTTP/2 connection is told to end with its calls; 0 is no limit.',
  }),
  connection_max_age_grace: duration({
    default: '30s',
    doc: 'How long the calls of a connection that is too old may go on.',
  }),
  keepalive_interval: duration({
    min: 100,
    default: '8s',
    doc: 'How often the client of an HTTP/2 connection is asked for a sign of life; one that has said nothing at all by the next time is cut off.',
  }),
  keepalive_timeout: duration({
    min: 100,
    default: '60s',
    doc: 'How long such a client may go on sending without having answered.',
  }),
  keepalive_min_interval: duration({
    default: '5s',
    doc: 'PINGs of a client that come closer to each other, with nothing sent to it in between, end its connection: too_many_pings; 0 takes any.',
  }),
  max_streams_per_connection: integer({
    min: 1,
    max: 1_000_000,
    default: 1000,
    doc: 'Calls that one connection may have open at a time.',
  }),
  max_header_size_in_kb: integer({
    min: 4,
    max: 1024,
    default: 32,
    doc: 'Largest header list of a call, in KiB.',
  }),
  max_resets_per_second: integer({
    min: 1,
    max: 1_000_000,
    default: 100,
    doc: 'Calls that one connection may begin and give up in a second, and ten times as many at once; beyond that it ends.',
  }),
  max_idle_frames_per_second: integer({
    min: 10,
    max: 1_000_000,
    default: 5000,
    doc: 'Frames that carry nothing (PING, SETTINGS, PRIORITY, GOAWAY, empty DATA, needless WINDOW_UPDATE, unknown ones) that one connection may send in a second, and twice as many at once; beyond that it ends.',
  }),
  max_unread_request_in_kb: integer({
    // A client may send 65 535 bytes before it has heard of anything else (RFC 9113 6.5.3).
    min: 64,
    max: 16_384,
    default: 256,
    doc: 'KiB of its request that one call may send ahead of who reads it, as while its payment is judged; all calls of a connection thirty-two times as much.',
  }),
  max_unread_answers_in_mb: integer({
    min: 16,
    max: 65_536,
    default: 256,
    doc: 'MiB of answers that clients have not taken, in all, and a quarter of it on one connection, but at least sixteen and four of the largest messages; beyond that, the oldest is cut. Requests that are put together for a service without gRPC may be as much.',
  }),
}
