/** A service that answers each call with its own bytes, over our own frames: the cheapest one at hand. */
import { serveFrames } from '../test/unit/daemon/gateway/frames/support.js'

const boundless = { burst: 1e9, perSecond: 1e9 }
const { port } = await serveFrames(undefined, {
  maxStreams: 1_000,
  streamWindowBytes: 2 ** 20,
  connectionWindowBytes: 2 ** 26,
  resets: boundless,
  idleFrames: boundless,
})
process.stdout.write(`ready service=127.0.0.1:${port}\n`)
