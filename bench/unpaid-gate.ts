/** The gate with payments that accept everything: what remains is the cost of standing in between. */
import { connectGrpcUpstream, startGateway } from '../src/daemon/gateway/index.js'
import { createHealth, type Log } from '../src/daemon/observability/index.js'
import { Cancellation } from '../src/shared/cancellation.js'
import { live } from '../src/shared/live.js'
import { type Address, cogs } from '../src/shared/units.js'
import { aGatewayConfig, somePoolLimits, DATA_PLANE } from '../test/support/gateway-config.js'

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const maxMessageBytes = 4 * 1024 * 1024
const endpoint = new URL(`http://${process.argv[2]}`)
const reservation = {
  payer: '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A' as Address,
  income: cogs(0n),
  lost: new Cancellation(),
  commit: async () => undefined,
  [Symbol.asyncDispose]: async () => undefined,
}
const { address } = await startGateway(aGatewayConfig({ maxMessageBytes }), {
  payments: { reserve: async () => reservation },
  upstream: connectGrpcUpstream(
    { endpoint, encoding: 'proto', dataPlane: DATA_PLANE, maxMessageBytes, stallMs: 60_000, limits: somePoolLimits() },
    { log: silent },
  ),
  own: new Map(),
  methods: live({ find: () => ({ asksOnce: true, answersOnce: true }) }),
  pause: { isPaused: false },
  health: createHealth(),
  pages: new Map(),
  log: silent,
})
process.stdout.write(`ready endpoint=127.0.0.1:${address.port}\n`)
process.once('SIGINT', () => process.exit(0))
