import { createHash, timingSafeEqual } from 'node:crypto'
import {
  type Metadata,
  ResponderBuilder,
  type Server,
  ServerInterceptingCall,
  type ServerInterceptor,
  ServerListenerBuilder,
  status,
} from '@grpc/grpc-js'
import { SnetError } from '../../../shared/errors.js'
import { boundedText } from '../../../shared/wire/index.js'
import { toServiceError } from '../../../shared/wire/grpc/index.js'
import type { ConnectionEnds } from './strangers.js'

/** These paths need no token: a probe has none, and learns only that the port serves. */
const OPEN = '/grpc.health.v1.Health/'

/**
 * Refuses every call without the token, where one is wanted, before its request is read.
 *
 * @param onAdmitted told of the connection of every other call
 */
export function callGuard(
  token: string | undefined,
  onAdmitted: (connection: ConnectionEnds) => void,
): ServerInterceptor {
  const expected = token === undefined ? undefined : digest(token)
  return ({ path }, call) => {
    if (path.startsWith(OPEN)) return new ServerInterceptingCall(call)
    const listener = new ServerListenerBuilder()
      .withOnReceiveMetadata((metadata, next) => {
        const problem = expected && problemOf(metadata, expected)
        if (problem === undefined) {
          onAdmitted(call.getConnectionInfo())
          return next(metadata)
        }
        const {
          code,
          details,
          metadata: trailers,
        } = toServiceError(
          new SnetError('unauthenticated', problem, { hint: 'Send the daemon’s token: --token-file FILE.' }),
        )
        call.sendStatus({
          code: code ?? status.UNAUTHENTICATED,
          details: details ?? problem,
          metadata: trailers ?? null,
        })
      })
      .build()
    return new ServerInterceptingCall(call, new ResponderBuilder().withStart((next) => next(listener)).build())
  }
}

function problemOf(metadata: Metadata, expected: Buffer): string | undefined {
  const [value, ...more] = metadata.get('authorization')
  if (value === undefined) return 'this control daemon requires a token: authorization: Bearer …'
  const [, given] = /^Bearer +(\S+)$/i.exec(String(value)) ?? []
  // Compares digests, which all have one length, so that the time it takes tells nothing.
  if (given !== undefined && more.length === 0 && timingSafeEqual(digest(given), expected)) return undefined
  return 'the token is not this control daemon’s'
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

interface Handled {
  readonly func: (call: never, reply: (failure: object) => void) => void
  readonly serialize: (value: unknown) => Buffer
  readonly deserialize: (bytes: Buffer) => unknown
  readonly type: 'unary'
  readonly path: string
}

/**
 * Sends calls of unknown methods through the interceptors as well: grpc-js answers them first, and a stranger could ask
 * without a token what is served here. Its table of handlers is the only place to say so.
 */
export function guardUnknownMethods(server: Server): void {
  const { handlers } = server as unknown as { handlers?: unknown }
  if (!(handlers instanceof Map)) throw new Error('this grpc-js keeps its handlers elsewhere')
  const table = handlers as Map<string, unknown>
  const known = table.get.bind(table)
  table.get = (path) => known(path) ?? unknownMethod(path)
}

const unknownMethod = (path: string): Handled => ({
  func: (_call, reply) =>
    reply({ code: status.UNIMPLEMENTED, details: boundedText(`The server does not implement the method ${path}`) }),
  serialize: () => Buffer.alloc(0),
  deserialize: (bytes) => bytes,
  type: 'unary',
  path,
})
