import type { Connection } from '../../call.js'
import { firstOf, HeaderList } from '../../header-list.js'
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
  const serve = (stream: ServedStream, raw: readonly string[], connection: Connection): void => {
    const form = isGrpc(raw) ? GRPC : deps.webForm(firstOf(raw, ':method'), new HeaderList(raw))
    if (!form) return serveNoCall(stream, new HeaderList(raw), connection)
    const path = firstOf(raw, ':path') ?? ''
    const outlet = stream.outlet(form)
    serveIncoming({ form, path, raw, connection, outlet, openBody: () => stream.openBody() }, config, deps)
  }
  const serveNoCall = (stream: ServedStream, fields: HeaderList, connection: Connection): void => {
    leaveBehind(stream, deps.unread.open(connection, { cut: () => stream.cutOff() }))
    const page = answerPage(stream, fields, deps.pages)
    if (page) page.catch((fault: unknown) => giveUp(stream, fault))
    else refuseNoCall(stream, fields)
  }
  const giveUp = (stream: ServedStream, error: unknown): void => {
    deps.log.error('a call could not be answered', { error })
    stream.cutOff()
  }
  return (stream, raw, connection) => {
    try {
      serve(stream, raw, connection)
    } catch (fault) {
      giveUp(stream, fault)
    }
  }
}
