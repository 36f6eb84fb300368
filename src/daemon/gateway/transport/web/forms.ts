import { SnetError } from '../../../../shared/errors.js'
import { HeaderList } from '../../header-list.js'
import { toHeaderFields } from '../../http2-headers/header-fields.js'
import { receivedMetadata } from '../../metadata.js'
import type { Form } from '../form.js'
import type { Origins } from '../origins.js'
import { toBase64 } from './base64.js'
import { TextSource } from './text-source.js'
import { trailersFrame } from './trailers-frame.js'

/** The form of a request that a web page can make; undefined where it is none of them. */
export type FormOf = (method: string | undefined, fields: HeaderList) => Form | undefined

const CONTENT_TYPE = /^(application\/grpc-web(-text)?(\+[\w.-]+)?)[\t ]*(?:;|$)/i

/** gRPC-Web, as bytes and as text, for pages of these origins. */
export const webForms =
  (origins: Origins): FormOf =>
  (method, fields) => {
    const match = method === 'POST' ? CONTENT_TYPE.exec(fields.first('content-type') ?? '') : null
    if (!match) return undefined
    const [, type = '', text, subtype = ''] = match
    const origin = fields.first('origin')
    const allowed = origins(origin)
    const ofPages = Object.entries({ ...allowed, ...EXPOSED, 'content-type': type }).flat()
    return {
      ...(text === undefined ? BINARY : TEXT),
      ...(!allowed && { refusal: foreign(origin) }),
      metadataOf: (raw) => metadataOf(raw, `application/grpc${subtype}`),
      head: (answer, own) => toHeaderFields(forPages(answer), [...own, ...ofPages]),
    }
  }

const BINARY: Pick<Form, 'messagesOf' | 'encode' | 'lastBytes'> = {
  messagesOf: (body) => body,
  encode: (bytes) => bytes,
  lastBytes: trailersFrame,
}

const TEXT: typeof BINARY = {
  messagesOf: (body, onMalformed) => new TextSource(body, onMalformed),
  encode: toBase64,
  lastBytes: (trailers) => toBase64(trailersFrame(trailers)),
}

const foreign = (origin = ''): SnetError =>
  new SnetError('forbidden', `pages of ${origin} may not call this daemon`, {
    hint: 'allowed_origins of the daemon says which may.',
  })

/** What a page may read of a head: all of it. Those that know no `*` find by their names what tells of the call. */
const EXPOSED = {
  'access-control-expose-headers': 'grpc-status, grpc-message, grpc-status-details-bin, *',
}

/** They speak of the body that the browser gets, or of HTTP's own compression. */
const NOT_OF_THE_CALL: ReadonlySet<string> = new Set([
  ...['accept', 'accept-encoding', 'content-encoding', 'content-type', 'expect', 'trailer', 'x-grpc-web'],
])

function metadataOf(raw: readonly string[], contentType: string): HeaderList {
  const list = new HeaderList()
  for (const [name, value] of receivedMetadata(raw)) if (!NOT_OF_THE_CALL.has(name)) list.add(name, value)
  return list.add('content-type', contentType)
}

/** Without what a browser would take for an order, though it is the service's. */
function forPages(answer: HeaderList): HeaderList {
  const list = new HeaderList()
  for (const [name, value] of answer) {
    if (!name.startsWith('access-control-') && name !== 'content-encoding') list.add(name, value)
  }
  return list
}
