import { Lifecycle } from '../../src/shared/lifecycle.js'
import { runFrameLoad } from '../measure/frame-load.js'
import { Pace, takeTurns, weigh } from '../measure/turns.js'
import { grpcMessage, type MethodName, pathOf } from '../measure/methods.js'
import { startPassers, startService } from '../targets/passers.js'
import type { Part } from '../suite/bench.js'

const MESSAGES = 100
const BYTES = 100
const SPREAD = { connections: 10, streams: 1 }

const KINDS: readonly { readonly kind: MethodName; readonly shape: string }[] = [
  { kind: 'collect', shape: `client: ${MESSAGES} messages up, one down` },
  { kind: 'count', shape: `server: one message up, ${MESSAGES} down` },
  { kind: 'talk', shape: `bidi: ${MESSAGES} messages, each answered before the next` },
]

const streamFields = (kind: MethodName): string[] => [
  ...[':method', 'POST', ':scheme', 'http', ':path', pathOf(kind), ':authority', 'bench'],
  ...['content-type', 'application/grpc', 'te', 'trailers'],
]

export const streams: Part = {
  name: 'streams',
  purpose: `streams passed on unpaid: ${MESSAGES} messages of ${BYTES} B one way or both, on ${SPREAD.connections} connections; figures are for one message`,
  async run({ findings, rounds, seconds }) {
    await using life = new Lifecycle()
    const service = await startService(life)
    const targets = [...(await startPassers(life, service)), service]
    for (const { kind, shape } of KINDS) {
      const call = { kind, fields: streamFields(kind), message: grpcMessage(BYTES, MESSAGES), messages: MESSAGES }
      const pace = new Pace(SPREAD.connections, seconds)
      await takeTurns(findings, {
        ...{ part: 'streams', shape, targets, rounds },
        async measure(target, round) {
          const callsEach = Math.ceil(pace.callsOf(target) / SPREAD.connections)
          const load = { endpoint: target.endpoint, ...SPREAD, callsEach, plan: () => call }
          const needed = await weigh(target.pid, () => runFrameLoad(load), MESSAGES)
          pace.note(target, { rate: (needed.rate ?? 0) / MESSAGES }, round)
          return needed
        },
      })
    }
  },
}
