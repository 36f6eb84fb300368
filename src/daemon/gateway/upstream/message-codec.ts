import { parseLong, stringifyLong } from '../../../shared/long-numbers.js'

/** Between the protobuf bytes of one message and its JSON form, by the proto files of the service. */
export interface JsonCodec {
  /** Error: for bytes that are no such message. */
  toJson(bytes: Uint8Array): unknown
  /** Long numbers may be as `parseLong` keeps them. Error: naming the field. */
  fromJson(json: unknown): Buffer
}

/** A method of the service, for those who speak JSON with it. */
export interface TranslatedMethod {
  readonly request: JsonCodec
  readonly response: JsonCodec
  /** How its proto file says that it is reached over HTTP, by `google.api.http`; empty where it does not. */
  readonly http: readonly HttpBinding[]
  /** What the field of the request at the path is in JSON where it is not set; undefined where there is no such field. */
  absentAt(path: readonly string[]): unknown
}

export interface HttpBinding {
  readonly verb: string
  /** A template such as `/v1/{name=shelves/*}:read`. */
  readonly path: string
  /** `*`, a field of the request, or empty: none. */
  readonly body: string
  /** The field of the answer that the body of the answer is; empty: all of it. */
  readonly responseBody: string
}

/** By their full paths. */
export interface TranslatedMethods {
  find(path: string): TranslatedMethod | undefined
  /** All of them. */
  readonly paths: readonly string[]
}

/** How the messages of the calls are written, which its metadata says of a service (snet-wire 7.2). */
export type Encoding = 'proto' | 'json'

/** A message of a client as JSON. Error: for bytes that are no such message. */
export function jsonOfMessage(codec: JsonCodec, encoding: Encoding, message: Buffer): unknown {
  if (encoding === 'proto') return codec.toJson(message)
  return codec.toJson(codec.fromJson(parseJson(message)))
}

/** A message for a client from the JSON of the service. Error: for JSON that is no such message. */
export function messageOfJson(codec: JsonCodec, encoding: Encoding, json: unknown): Buffer {
  const message = codec.fromJson(json)
  return encoding === 'proto' ? message : Buffer.from(stringifyLong(codec.toJson(message)), 'utf8')
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** JSON in UTF-8, whose long whole numbers keep their digits (`parseLong`). Error: for anything else. */
export const parseJson = (bytes: Uint8Array): unknown => parseLong(utf8.decode(bytes))
