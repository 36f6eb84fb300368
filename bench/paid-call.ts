/**
 * What a paid call costs, beside the same call unpaid through the gate and straight to the service, in one run.
 * Machines differ and drift: compare the ratios. The rounds take turns, and medians are shown.
 */
import { join } from 'node:path'
import { renderTable } from '../src/client/index.js'
import { paymentMessage, signMessage } from '../src/ethereum/index.js'
import { startChild } from '../src/sandbox/child.js'
import { type Network, openNetwork } from '../src/sandbox/index.js'
import { type ChannelId, channelId, type ChannelNonce, channelNonce, type Cogs, cogs } from '../src/shared/units.js'
import { escrowHeaders, HEADER } from '../src/shared/wire/index.js'
import { cpuSeconds, type HeadersOf, median, runLoad } from './load.js'

const [ROUNDS = 5, CALLS = 200] = process.argv.slice(2).map(Number)
const SHAPES = [
  { connections: 10, name: '10 connections, one call in flight on each' },
  { connections: 1, name: '1 connection, one call at a time' },
]

/** Headers that parse, for the gate that accepts everything. */
const DUMMY = [1n, 2n].map((amount) =>
  headersOf({ channel: channelId(0n), nonce: channelNonce(0n), amount: cogs(amount) }, new Uint8Array(65)),
)
const here = import.meta.dirname
const program = (file: string, ...args: string[]) => ({
  command: process.execPath,
  args: [join(here, file), ...args],
})

await using service = await startChild({ ...program('service.js'), ready: /^ready service=(\S+)/ })
await using unpaid = await startChild({ ...program('unpaid-gate.js', service.ready), ready: /^ready endpoint=(\S+)/ })
await using network = await openNetwork({
  searchPath: process.env['PATH'] ?? '',
  config: { service_endpoint: `http://${service.ready}`, log: { level: 'warn' } },
})
const pidOf = (child: { process: { pid?: number | undefined } }): number => child.process.pid as number

for (const { connections, name } of SHAPES) {
  const payments = await prepare(network, connections)
  const targets = [
    { target: 'service, directly', endpoint: service.ready, pid: pidOf(service), headers: (): HeadersOf => () => ({}) },
    {
      target: 'gate, unpaid',
      endpoint: unpaid.ready,
      pid: pidOf(unpaid),
      headers: (): HeadersOf => (_c, i) => DUMMY[i % 2] as Record<string, string>,
    },
    {
      target: 'gate, paid',
      endpoint: network.endpoint,
      pid: pidOf(network.daemon),
      headers: () => payments.next(CALLS),
    },
  ].map((target) => ({ ...target, rates: [] as number[], cpu: [] as number[] }))
  for (let round = -1; round < ROUNDS; round++) {
    for (const { endpoint, pid, headers, rates, cpu } of targets) {
      const next = headers()
      const before = cpuSeconds(pid)
      const seconds = await runLoad({ endpoint, connections, calls: CALLS, headers: next })
      const calls = connections * CALLS
      // The first round warms up.
      if (round < 0) continue
      rates.push(calls / seconds)
      cpu.push(((cpuSeconds(pid) - before) / calls) * 1e6)
    }
  }
  const direct = median(targets[0]?.rates ?? [])
  const rows = targets.map(({ target, rates, cpu }) => [
    target,
    Math.round(median(rates)).toString(),
    `${Math.round((median(rates) / direct) * 100)} %`,
    `${Math.round(median(cpu))}`,
  ])
  process.stdout.write(`\n${name} (${ROUNDS} rounds of ${CALLS * connections} calls, medians)\n`)
  process.stdout.write(`${renderTable(['target', 'calls/s', 'of direct', 'CPU µs per call, of that process'], rows)}\n`)
}

/** A payment as bare HTTP/2 sends it, where bytes are base64 text. */
function headersOf(
  payment: { channel: ChannelId; nonce: ChannelNonce; amount: Cogs },
  signature: Uint8Array,
): Record<string, string> {
  const text = Buffer.from(signature).toString('base64')
  return { ...escrowHeaders({ ...payment, signature }), [HEADER.channelSignature]: text }
}

/** A channel for each connection; amounts are signed before the clock starts. */
async function prepare(network: Network, connections: number) {
  const { contracts, client, priceInCogs } = network
  const key = Buffer.from(client.key.slice(2), 'hex')
  const channels: { id: ChannelId; amount: bigint }[] = []
  for (let i = 0; i < connections; i++) {
    channels.push({ id: await network.openChannel({ value: 10_000_000n }), amount: 0n })
  }
  return {
    next(calls: number): HeadersOf {
      const signed = channels.map((channel) =>
        Array.from({ length: calls }, () => {
          const amount = cogs((channel.amount += BigInt(priceInCogs)))
          const payment = { channel: channel.id, nonce: channelNonce(0n), amount }
          return headersOf(payment, signMessage(key, paymentMessage(contracts.mpe, payment)))
        }),
      )
      return (connection, call) => signed[connection]?.[call] ?? {}
    },
  }
}
