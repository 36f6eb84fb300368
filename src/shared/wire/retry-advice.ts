import { Writer } from 'protobufjs/minimal.js'

/** Trailer by which clients with a retry policy wait so many milliseconds (gRPC's proposal A6). */
export const RETRY_PUSHBACK_TRAILER = 'grpc-retry-pushback-ms'
/** Trailer with a whole google.rpc.Status, for clients that read its details. */
export const STATUS_DETAILS_TRAILER = 'grpc-status-details-bin'

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo'

/** A google.rpc.Status with a google.rpc.RetryInfo, as its trailer carries it. */
export function retryInfo({ code, message }: { readonly code: number; readonly message: string }, ms: number): string {
  const retry = Writer.create()
  retry.uint32(field(1, 2)).fork()
  retry.uint32(field(1, 0)).int64(Math.floor(ms / 1000))
  retry.uint32(field(2, 0)).int32((ms % 1000) * 1_000_000)
  retry.ldelim()
  const status = Writer.create()
  status.uint32(field(1, 0)).int32(code)
  status.uint32(field(2, 2)).string(message)
  status.uint32(field(3, 2)).fork()
  status.uint32(field(1, 2)).string(RETRY_INFO)
  status.uint32(field(2, 2)).bytes(retry.finish())
  status.ldelim()
  return Buffer.from(status.finish()).toString('base64').replace(/=+$/, '')
}

const field = (number: number, wireType: 0 | 2): number => (number << 3) | wireType
