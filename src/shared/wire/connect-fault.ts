import { messageOf, SnetError } from '../errors.js'

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the other side closed the connection',
  EPIPE: 'the other side closed the connection',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name server does not answer',
  ETIMEDOUT: 'the host does not answer',
  EHOSTUNREACH: 'no route leads to the host',
  ENETUNREACH: 'no route leads to the network',
  ERR_HTTP2_ERROR: 'what listens there does not speak gRPC',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what listens there does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'what listens there does not speak TLS',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that this host does not trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that this host does not trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an authority that this host does not trust',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
}

/** A connection that could not be made, or broke before the first word of the other side. */
export function explainConnectFault(endpoint: string, cause: unknown): SnetError {
  return new SnetError('unavailable', `cannot connect to ${endpoint}: ${reasonOf(cause)}`, {
    hint: 'Check the address, and that the daemon runs; --endpoint names another one.',
    cause,
  })
}

/** What broke a connection, in plain words where the fault is a common one. */
export function reasonOf(cause: unknown): string {
  if (cause === undefined) return 'the other side closed the connection'
  const code = (cause as NodeJS.ErrnoException).code ?? codeOfFirst(cause)
  return (code === undefined ? undefined : REASONS[code]) ?? messageOf(cause)
}

/** A name with several addresses fails with one error for each. */
const codeOfFirst = (cause: unknown): string | undefined =>
  cause instanceof AggregateError ? (cause.errors[0] as NodeJS.ErrnoException | undefined)?.code : undefined
