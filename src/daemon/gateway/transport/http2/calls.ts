import type { Connection } from '../../call.js'
import { HeaderList } from '../../header-list.js'
import { GRPC } from '../form.js'
import { type IncomingConfig, type IncomingDeps, serveIncoming } from '../incoming.js'
import { leaveBehind } from '../leave.js'
import type { Pages } from '../pages.js'
import type { FormOf } from '../web/index.js'
import { answerPage } from './answer-page.js'
import { isGrpc, refuseNoCall } from './refuse-no-call.js'
import type { OnStream, ServedStream } from './served-stream.js'

export interface StreamsDeps extends IncomingDeps {
  readonly webForm: FormOf
  readonly pages: Pages
}

/** Makes calls of streams. What is no call is answered here. */
export const serveStreams = (config: IncomingConfig, deps: StreamsDeps): OnStream => {
  const serve = async (stream: ServedStream, raw: readonly string[], connection: Connection): Promise<void> => {
    const fields = new HeaderList(raw)
    const form = isGrpc(fields) ? GRPC : deps.webForm(fields.first(':method'), fields)
    if (!form) {
      leaveBehind(
        stream,
        deps.unread.open(connection, () => stream.cutOff()),
      )
      return await (answerPage(stream, fields, deps.pages) ?? refuseNoCall(stream, fields))
    }
    const path = fields.first(':path') ?? ''
    const outlet = stream.outlet(form)
    await serveIncoming({ form, path, raw, connection, outlet, openBody: () => stream.openBody() }, config, deps)
  }
  return (stream, raw, connection) => {
    serve(stream, raw, connection).catch((fault: unknown) => {
      deps.log.error('a call could not be answered', { error: fault })
      stream.cutOff()
    })
  }
}
