import type { ServerHttp2Stream } from 'node:http2'
import type { HeaderList } from '../../header-list.js'

const GRPC = /^application\/grpc(?:$|[+;])/

export const isGrpc = (headers: HeaderList): boolean =>
  headers.first(':method') === 'POST' && GRPC.test(headers.first('content-type') ?? '')

/** Answers what is no call, so that nothing stays unanswered. */
export function refuseNoCall(stream: ServerHttp2Stream, headers: HeaderList): void {
  stream.respond({ ':status': headers.first(':method') === 'POST' ? '415' : '405', 'content-type': 'text/plain' })
  stream.end('This port serves gRPC.\n')
}
