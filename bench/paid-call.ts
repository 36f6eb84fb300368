/**
 * What a paid call costs, beside the same call unpaid through the gate and straight to the service, in one run.
 * Machines differ and drift: compare the ratios. The rounds take turns, and medians are shown.
 */
import { join } from 'node:path'
import { NonceManager, Wallet } from 'ethers'
import { renderTable } from '../src/client/index.js'
import { paymentMessage, signMessage } from '../src/ethereum/index.js'
import { startChild } from '../src/sandbox/child.js'
import { type Network, openNetwork } from '../src/sandbox/index.js'
import { type ChannelId, channelNonce, cogs, groupIdFromBase64 } from '../src/shared/units.js'
import { openChannel } from '../src/wallet/index.js'
import { cpuSeconds, type HeadersOf, median, runLoad } from './load.js'

const [ROUNDS = 5, CALLS = 200] = process.argv.slice(2).map(Number)
const SHAPES = [
  { connections: 10, name: '10 connections, one call in flight on each' },
  { connections: 1, name: '1 connection, one call at a time' },
]

const DUMMY = payment(0n as ChannelId)
const here = import.meta.dirname
const tsx = (file: string, ...args: string[]) => ({
  command: process.execPath,
  args: ['--import', 'tsx', join(here, file), ...args],
})

await using service = await startChild({ ...tsx('service.ts'), ready: /^ready service=(\S+)/ })
await using unpaid = await startChild({ ...tsx('unpaid-gate.ts', service.ready), ready: /^ready endpoint=(\S+)/ })
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

/** Headers that parse, for the gate that accepts everything. */
function payment(channel: ChannelId): Record<string, string>[] {
  return [1n, 2n].map((amount) => ({
    'snet-payment-channel-id': String(channel),
    'snet-payment-channel-nonce': '0',
    'snet-payment-channel-amount': String(amount),
    'snet-payment-channel-signature-bin': Buffer.alloc(65).toString('base64'),
  }))
}

/** A channel for each connection; amounts are signed before the clock starts. */
async function prepare({ contracts, client, owner, group, provider, priceInCogs }: Network, connections: number) {
  const signer = new NonceManager(new Wallet(client.key, provider))
  const key = Buffer.from(client.key.slice(2), 'hex')
  const channels: { id: ChannelId; amount: bigint }[] = []
  for (let i = 0; i < connections; i++) {
    const id = await openChannel(signer, contracts.token, {
      mpe: contracts.mpe,
      signer: client.address,
      recipient: owner.address,
      groupId: groupIdFromBase64(group.idText),
      value: 10_000_000n,
      expiration: 100_000_000n,
    })
    channels.push({ id, amount: 0n })
  }
  return {
    next(calls: number): HeadersOf {
      const signed = channels.map((channel) =>
        Array.from({ length: calls }, () => {
          const amount = cogs((channel.amount += BigInt(priceInCogs)))
          const message = paymentMessage(contracts.mpe, { channel: channel.id, nonce: channelNonce(0n), amount })
          return {
            'snet-payment-channel-id': String(channel.id),
            'snet-payment-channel-nonce': '0',
            'snet-payment-channel-amount': String(amount),
            'snet-payment-channel-signature-bin': Buffer.from(signMessage(key, message)).toString('base64'),
          }
        }),
      )
      return (connection, call) => signed[connection]?.[call] ?? {}
    },
  }
}
