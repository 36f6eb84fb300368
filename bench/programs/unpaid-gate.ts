/** The gate without payments: what remains is the cost of standing in between. */
import { connectGrpcUpstream, startGateway } from '../../src/daemon/gateway/index.js'
import { createHealth, type Log } from '../../src/daemon/observability/index.js'
import { live } from '../../src/shared/live.js'
import { aGatewayConfig, somePoolLimits, DATA_PLANE } from '../../test/support/gateway-config.js'
import { METHODS } from '../measure/methods.js'

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const ONCE = { asksOnce: true, answersOnce: true }
const maxMessageBytes = 4 * 1024 * 1024
/** A client with a hundred calls of 1 MiB under way leaves more unread than most gates allow. */
const unread = { bytes: 1024 * 1024 * 1024, bytesPerConnection: 256 * 1024 * 1024 }
const endpoint = new URL(`http://${process.argv[2]}`)
const { address } = await startGateway(aGatewayConfig({ maxMessageBytes, unread }), {
  payments: undefined,
  upstream: connectGrpcUpstream(
    { endpoint, encoding: 'proto', dataPlane: DATA_PLANE, maxMessageBytes, stallMs: 60_000, limits: somePoolLimits() },
    { log: silent },
  ),
  own: new Map(),
  methods: live({ find: (path) => METHODS.find((method) => method.path === path) ?? ONCE }),
  pause: { isPaused: false },
  health: createHealth(),
  pages: new Map(),
  log: silent,
})
process.stdout.write(`ready endpoint=127.0.0.1:${address.port}\n`)
process.once('SIGINT', () => process.exit(0))
