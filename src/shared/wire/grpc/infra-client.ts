import { isIP } from 'node:net'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import {
  Client,
  credentials,
  type ChannelCredentials,
  type ChannelOptions,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js'
import { SnetError } from '../../errors.js'
import type { InfraCalls, InfraStreams } from '../infra-messages.js'
import { loadInfraService } from '../infra-service.js'
import { onAbort } from '../../abort.js'
import { parseHostPort } from '../../host-port.js'
import { isLoopbackEndpoint } from '../../loopback.js'
import { connectionFault, type ConnectionFault } from '../connection-text.js'
import { fromServiceError } from './service-errors.js'
import { ERROR_KIND_TRAILER } from '../status.js'
import { askUnary } from './unary.js'

export interface InfraAccess {
  /** HOST:PORT. */
  readonly address: string
  /** Undefined for cleartext. PEM. */
  readonly tls: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer } | undefined
  /** Sent as `authorization: Bearer …`. */
  readonly token: string | undefined
}

/** A control daemon over one connection. Errors as the daemon tells them; `unavailable` names the address. */
export interface InfraClient extends Disposable {
  call<Name extends keyof InfraCalls>(
    name: Name,
    request: InfraCalls[Name][0],
    options: { timeoutMs: number; signal?: AbortSignal | undefined },
  ): Promise<InfraCalls[Name][1]>
  /** Ends with the stream, or with the signal. */
  stream<Name extends keyof InfraStreams>(
    name: Name,
    request: InfraStreams[Name][0],
    options: { signal: AbortSignal },
  ): AsyncIterable<InfraStreams[Name][1]>
}

/** A page of a ledger has a thousand entries. */
const MAX_REPLY_BYTES = 16 * 1024 * 1024
const KEEPALIVE_MS = 20_000

export function openInfraClient(access: InfraAccess): InfraClient {
  const { channel, options } = security(access)
  const client = new Client(access.address, channel, {
    ...options,
    'grpc.max_receive_message_length': MAX_REPLY_BYTES,
    // A call that the daemon has certainly not seen goes out once more; no record in DNS may ask for other attempts.
    'grpc.service_config_disable_resolution': 1,
    // One that comes back is there again within seconds, not minutes.
    'grpc.initial_reconnect_backoff_ms': 250,
    'grpc.max_reconnect_backoff_ms': 2_000,
    // A host that is gone without a word ends a stream that waits for it.
    'grpc.keepalive_time_ms': KEEPALIVE_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_MS,
    // A proxy that the environment names leads out of this host, not back into it.
    ...(isLoopbackEndpoint(access.address) && { 'grpc.enable_http_proxy': 0 }),
  })
  const service = loadInfraService()
  const metadata = (): Metadata => {
    const list = new Metadata()
    if (access.token !== undefined) list.set('authorization', `Bearer ${access.token}`)
    return list
  }
  return {
    call: (name, request, { timeoutMs, signal }) =>
      askUnary(client, { of: service, name }, request, {
        ...{ timeoutMs, signal, metadata: metadata() },
        translate: (failed) => translateError(failed, { access, isOurs: signal?.aborted === true }),
      }),
    async *stream(name, request, { signal }) {
      const { path, requestSerialize, responseDeserialize } = service.service[name] as unknown as StreamMethod
      const call = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request, metadata())
      using _wanting = onAbort(signal, () => call.cancel())
      try {
        for await (const update of call) yield update as never
      } catch (failed) {
        if (!signal.aborted) throw translateError(failed as ServiceError, { access, isOurs: false })
      } finally {
        call.cancel()
      }
    },
    [Symbol.dispose]: () => client.close(),
  }
}

interface StreamMethod {
  readonly path: string
  readonly requestSerialize: (request: object) => Buffer
  readonly responseDeserialize: (bytes: Buffer) => object
}

/** A name for the wire alone: what counts is whether the certificate is for the address. */
const NO_NAME = 'address.invalid'

/** Credentials, and what goes with them for a host that has an IP address in place of a name. */
function security({ tls, address }: InfraAccess): { channel: ChannelCredentials; options: ChannelOptions } {
  if (!tls) return { channel: credentials.createInsecure(), options: {} }
  const host = parseHostPort(address)?.host ?? address
  const [ca, key, cert] = [tls.ca ?? null, tls.key ?? null, tls.cert ?? null]
  if (isIP(host) === 0) return { channel: credentials.createSsl(ca, key, cert), options: {} }
  // TLS has names only (RFC 6066): Node warns of a name that is an address, once for each command that is typed.
  const checks = { checkServerIdentity: (_: string, of: PeerCertificate) => checkServerIdentity(host, of) }
  return {
    channel: credentials.createSsl(ca, key, cert, checks),
    options: { 'grpc.ssl_target_name_override': NO_NAME },
  }
}

/**
 * A daemon's own words as they are; what the library says of a connection, with the address and what to check.
 *
 * @param isOurs whether we gave the call up ourselves: a daemon that ends cancels its calls, too
 */
function translateError(failed: ServiceError, { access, isOurs }: { access: InfraAccess; isOurs: boolean }): SnetError {
  const { address } = access
  const error = fromServiceError(failed)
  if (failed.metadata?.get(ERROR_KIND_TRAILER).length > 0) return error
  const because = (kind: 'timed-out' | 'unavailable', message: string, hint: string): SnetError =>
    new SnetError(kind, message, { hint, cause: failed })
  if (error.kind === 'timed-out')
    return because(
      'timed-out',
      `the control daemon at ${address} did not answer in time`,
      'It may be busy, or what is there does not speak this protocol.',
    )
  if (error.kind === 'cancelled' && !isOurs)
    return because('unavailable', `the control daemon at ${address} broke off the call`, 'It may have been stopped.')
  if (error.kind !== 'unavailable') return error
  const fault = connectionFault(error.message)
  return because('unavailable', `no control daemon answers at ${address}: ${fault.reason}`, cureOf(fault, access))
}

/** What to do about a connection that could not be made. */
function cureOf({ is }: ConnectionFault, { address, tls }: InfraAccess): string {
  const host = parseHostPort(address)?.host ?? address
  const cures: Record<NonNullable<ConnectionFault['is']>, string> = {
    name: `Check how ${host} is written, and that this host finds it ("getent hosts ${host}"); an address works too.`,
    authority: tls?.ca
      ? 'Its certificate was not signed by the authority in --tls-ca: use the file of the one that did.'
      : '--tls-ca names the authority that signed its certificate (PEM); the system’s are trusted without it.',
    subject: `Call the host by a name or address that is in its certificate, or put ${host} into the subjectAltName of a new one.`,
    expired: 'Give the host a new certificate; its daemon uses it from its next start.',
    plaintext:
      'Give that daemon infra_tls_cert and infra_tls_key; or use --insecure, and anybody on the network path can read along.',
    closed: tls
      ? 'Is it the port of a control daemon, with TLS?'
      : 'It may require TLS: use --tls-ca FILE or --token-file. Or the port belongs to another program.',
    'client-certificate': '--tls-cert and --tls-key have to name a certificate of the authority in its infra_tls_ca.',
    nobody: NOBODY,
    unreachable: NOBODY,
  }
  return is === undefined ? NOBODY : cures[is]
}

const NOBODY = 'Is "snetd serve" running there with infra_enabled, on that port, and does a firewall let us through?'
