import { firstOf, type HeaderList, perList } from '../../header-list.js'
import type { ServedStream } from './served-stream.js'

const GRPC = /^application\/grpc(?:$|[+;])/

export const isGrpc = perList(
  (head) => firstOf(head, ':method') === 'POST' && GRPC.test(firstOf(head, 'content-type') ?? ''),
)

/** Answers what is no call, so that nothing stays unanswered. */
export function refuseNoCall(stream: ServedStream, headers: HeaderList): void {
  const status = headers.first(':method') === 'POST' ? '415' : '405'
  stream.answer({ ':status': status, 'content-type': 'text/plain' }, 'This port serves gRPC.\n')
}
