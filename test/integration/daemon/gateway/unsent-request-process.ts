/**
 * Calls a service with node:http2 that answers before it has room for the request, and opens its window once we have turned away.
 * Prints which frames the service got in place of the rest of the request; prints nothing where node sends empty ones without end.
 */
import { toHeaderFields } from '../../../../src/daemon/gateway/http2-headers/header-fields.js'
import { HeaderList } from '../../../../src/daemon/gateway/header-list.js'
import { openNodeSession } from '../../../../src/daemon/gateway/upstream/node/session.js'
import { serviceAddress } from '../../../../src/daemon/gateway/upstream/service-address.js'
import { ServicePool } from '../../../../src/daemon/gateway/upstream/service-pool.js'
import { Cancellation } from '../../../../src/shared/cancellation.js'
import { startFrameService, wholeAnswer, type Say } from '../../../support/frame-service.js'
import { frame, FRAME, uint32 } from '../../../support/frames.js'
import { until } from '../../../support/until.js'

const NO_ERROR = 0
const SMALL = frame(FRAME.settings, { payload: Buffer.from('000400000001', 'hex') })
const more = (bytes: number): Buffer => frame(FRAME.windowUpdate, { stream: 1, payload: uint32(bytes) })

const heard: string[] = []
let say: Say = () => undefined
let isRead = false
const service = await startFrameService({
  hello: SMALL,
  onHeaders: (stream, toClient) => {
    say = toClient
    return wholeAnswer(stream, [], [])
  },
  onFrame: ({ type, payload }) => {
    if (type === FRAME.data) heard.push(`${payload.length} bytes`)
    if (type === FRAME.rstStream) heard.push(`reset ${payload.readUInt32BE()}`)
  },
  onPong: () => (isRead = true),
})
const limits = { connectTimeoutMs: 5_000, askAfterMs: [10_000], answerMs: 10_000, freshMs: 10_000, maxConnections: 2 }
const pool = new ServicePool(serviceAddress(service.url), limits, openNodeSession)
const headers = toHeaderFields(new HeaderList(), [':method', 'POST', ':path', '/a.B/c', 'te', 'trailers'])
const { stream } = await pool.open(headers, new Cancellation())
const ignore = (): void => undefined
const closed = new Promise<void>((onClose) => {
  stream.listen({
    ...{ onHeaders: ignore, onData: ignore, onTrailers: ignore, onDrain: ignore },
    // As a call does that has its answer.
    onEnd: () => stream.reset(NO_ERROR),
    onClose: () => onClose(),
  })
})
stream.write(Buffer.alloc(500))
stream.end()
await closed
say(Buffer.concat([more(198), more(1_810), frame(FRAME.ping, { payload: Buffer.alloc(8) })]))
await until('the service was heard', () => isRead)
process.stdout.write(`${heard.join(', ')}\n`, () => process.exit())
