import type { SnetError } from '../../../shared/errors.js'
import type { RequestSource } from '../call.js'
import { type HeaderList, perList } from '../header-list.js'
import { addHeaderFields } from '../http2-headers/header-fields.js'
import { receivedMetadata } from '../metadata.js'

/** How gRPC is written into the requests and answers of HTTP: as HTTP/2 alone can carry it, or as web pages can. */
export interface Form {
  /** Why no call may come in this way. */
  readonly refusal?: SnetError
  /** What of a head belongs to the call. @param raw lower-case names and values in turn */
  metadataOf(raw: readonly string[]): HeaderList
  /** The messages out of a body. @param onMalformed is told of a body that has none */
  messagesOf(body: RequestSource, onMalformed: (error: SnetError) => void): RequestSource
  /** The head of an answer, names and values in turn. @param own fields that its version of HTTP wants there */
  head(fields: HeaderList, own: readonly string[]): readonly string[]
  encode(bytes: Buffer): Buffer
  /** The status as the last bytes of a body; undefined where HTTP's own trailers carry it. */
  lastBytes(trailers: HeaderList): Buffer | undefined
}

/** Of HTTP/2, the only one that carries gRPC itself. */
const headOfAnswer = perList((fields) =>
  addHeaderFields([':status', '200', 'content-type', 'application/grpc'], fields),
)

/** gRPC itself. */
export const GRPC: Form = {
  metadataOf: receivedMetadata,
  messagesOf: (body) => body,
  head: ({ fields }) => headOfAnswer(fields),
  encode: (bytes) => bytes,
  lastBytes: () => undefined,
}
