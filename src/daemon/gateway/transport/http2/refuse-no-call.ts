import type { ServerHttp2Stream } from 'node:http2'
import type { HeaderList } from '../../header-list.js'

/** The characters of proto files, and nothing that a service could read as another path. */
const METHOD_PATH = /^\/\w+(?:\.\w+)*\/\w+$/

/** Answers what is not a gRPC request of `/package.Service/Method`; returns whether it did, so that nothing stays unanswered. */
export function refuseNoCall(stream: ServerHttp2Stream, headers: HeaderList): boolean {
  if (headers.first(':method') !== 'POST') return refuse(stream, '405')
  if (!/^application\/grpc(?:$|[+;])/.test(headers.first('content-type') ?? '')) return refuse(stream, '415')
  if (METHOD_PATH.test(headers.first(':path') ?? '')) return false
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': '12',
      'grpc-message': 'malformed method name',
    },
    { endStream: true },
  )
  return true
}

function refuse(stream: ServerHttp2Stream, status: string): true {
  stream.respond({ ':status': status, 'content-type': 'text/plain' })
  stream.end('This port serves gRPC.\n')
  return true
}
