import type { ServerHttp2Stream } from 'node:http2'
import type { HeaderList } from '../../header-list.js'

/** The characters of proto files, and nothing that a service could read as another path. */
const METHOD_PATH = /^\/\w+(?:\.\w+)*\/\w+$/

const GRPC = /^application\/grpc(?:$|[+;])/

/** Whether it is a gRPC request of `/package.Service/Method`. */
export const isCall = (headers: HeaderList): boolean =>
  isGrpc(headers) && METHOD_PATH.test(headers.first(':path') ?? '')

export const isGrpc = (headers: HeaderList): boolean =>
  headers.first(':method') === 'POST' && GRPC.test(headers.first('content-type') ?? '')

/** Answers what is no call, so that nothing stays unanswered. */
export function refuseNoCall(stream: ServerHttp2Stream, headers: HeaderList): void {
  if (headers.first(':method') !== 'POST') return refuse(stream, '405')
  if (!isGrpc(headers)) return refuse(stream, '415')
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': '12',
      'grpc-message': 'malformed method name',
    },
    { endStream: true },
  )
}

function refuse(stream: ServerHttp2Stream, status: string): void {
  stream.respond({ ':status': status, 'content-type': 'text/plain' })
  stream.end('This port serves gRPC.\n')
}
