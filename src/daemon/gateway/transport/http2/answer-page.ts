import type { HeaderList } from '../../header-list.js'
import type { Page, Pages } from '../pages.js'
import type { ServedStream } from './served-stream.js'

/** Answers a request for a page, if it is for one; the answer may take the time of a reading. */
export function answerPage(stream: ServedStream, headers: HeaderList, pages: Pages): Promise<void> | undefined {
  const method = headers.first(':method') ?? ''
  const page = pages({ method, target: headers.first(':path') ?? '', header: (name) => headers.first(name) })
  return page?.then((answer) => {
    if (!stream.isGone) send(stream, answer, method !== 'HEAD')
  })
}

function send(stream: ServedStream, { status, type, body, headers }: Page, withBody: boolean): void {
  const head = {
    ':status': String(status),
    ...(type !== undefined && {
      'content-type': `${type}; charset=utf-8`,
      'content-length': String(Buffer.byteLength(body)),
    }),
    'cache-control': 'no-store',
    ...headers,
  }
  stream.answer(head, withBody ? body : '')
}
