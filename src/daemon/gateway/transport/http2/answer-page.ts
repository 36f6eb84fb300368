import type { ServerHttp2Stream } from 'node:http2'
import type { HeaderList } from '../../header-list.js'
import type { Page, Pages } from '../pages.js'

/** Answers a request for a page, if it is for one; the answer may take the time of a reading. */
export function answerPage(stream: ServerHttp2Stream, headers: HeaderList, pages: Pages): Promise<void> | undefined {
  const method = headers.first(':method') ?? ''
  const page = pages({ method, target: headers.first(':path') ?? '', header: (name) => headers.first(name) })
  return page?.then((answer) => {
    if (!stream.destroyed && !stream.closed) send(stream, answer, method !== 'HEAD')
  })
}

function send(stream: ServerHttp2Stream, { status, type, body, headers }: Page, withBody: boolean): void {
  stream.respond({
    ':status': status,
    ...(type !== undefined && {
      'content-type': `${type}; charset=utf-8`,
      'content-length': Buffer.byteLength(body),
    }),
    'cache-control': 'no-store',
    ...headers,
  })
  stream.end(withBody ? body : '')
}
