import type { HeaderList } from '../../header-list.js'
import type { ServedStream } from './served-stream.js'

const GRPC = /^application\/grpc(?:$|[+;])/

export const isGrpc = (headers: HeaderList): boolean =>
  headers.first(':method') === 'POST' && GRPC.test(headers.first('content-type') ?? '')

/** Answers what is no call, so that nothing stays unanswered. */
export function refuseNoCall(stream: ServedStream, headers: HeaderList): void {
  const status = headers.first(':method') === 'POST' ? '415' : '405'
  stream.answer({ ':status': status, 'content-type': 'text/plain' }, 'This port serves gRPC.\n')
}
