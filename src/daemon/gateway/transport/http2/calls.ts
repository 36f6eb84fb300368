import type { ServerHttp2Stream } from 'node:http2'
import type { Connection } from '../../call.js'
import { HeaderList } from '../../header-list.js'
import { GRPC } from '../form.js'
import { type IncomingConfig, type IncomingDeps, serveIncoming } from '../incoming.js'
import { leaveBehind } from '../leave.js'
import type { Pages } from '../pages.js'
import type { FormOf } from '../web/index.js'
import { answerPage } from './answer-page.js'
import type { OnStream } from './connections.js'
import { leavingOn, cutOff, stopClient } from './leave.js'
import { Http2Outlet } from './outlet.js'
import { Http2Request } from './request.js'
import { isGrpc, refuseNoCall } from './refuse-no-call.js'

export interface StreamsDeps extends IncomingDeps {
  readonly webForm: FormOf
  readonly pages: Pages
}

/** Makes calls of streams. What is no call is answered here. */
export const serveStreams = (config: IncomingConfig, deps: StreamsDeps): OnStream => {
  const serve = async (stream: ServerHttp2Stream, raw: readonly string[], connection: Connection): Promise<void> => {
    const fields = new HeaderList(raw)
    const form = isGrpc(fields) ? GRPC : deps.webForm(fields.first(':method'), fields)
    if (!form) {
      const unread = deps.unread.open(connection, () => cutOff(stream))
      leaveBehind(leavingOn(stream), unread)
      await (answerPage(stream, fields, deps.pages) ?? refuseNoCall(stream, fields))
      return stopClient(stream)
    }
    const path = fields.first(':path') ?? ''
    const outlet = new Http2Outlet(stream, form)
    await serveIncoming({ form, path, raw, connection, outlet, openBody: () => new Http2Request(stream) }, config, deps)
  }
  return (stream, raw, connection) => {
    serve(stream, raw, connection).catch((fault: unknown) => {
      deps.log.error('a call could not be answered', { error: fault })
      stream.destroy()
    })
  }
}
