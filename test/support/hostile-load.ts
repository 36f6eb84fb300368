import { isInTime } from '../../src/shared/in-time.js'
import type { Network } from '../../src/sandbox/index.js'
import type { Attack, Target } from '../fixtures/hostile/attack.js'
import { asLines } from './by-hand.js'
import { paymentHeaders } from './payer.js'

/** Far above what any single bad request takes, also on a busy machine. */
const DEALT_WITH_MS = 25_000

/** `count` bad requests, of all kinds in turn, so many at a time. Fails with the name of one that nobody dealt with. */
export async function attackMany(
  target: Target,
  attacks: readonly Attack[],
  { count, atOnce }: { count: number; atOnce: number },
): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < count) {
      const attack = attacks[next++ % attacks.length] as Attack
      if (!(await isInTime(DEALT_WITH_MS, attack.send(target)))) throw new Error(`not dealt with: ${attack.name}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** @param paidChannel a channel on which exactly one call was paid */
export async function openTarget(
  network: Network,
  endpoint: string,
  paidChannel: Target['paidChannel'],
): Promise<Target> {
  const [host, port] = endpoint.split(':') as [string, string]
  return {
    network,
    host,
    port: Number(port),
    paidChannel,
    paidHeaders: asLines(paymentHeaders(network, { channel: paidChannel, amount: BigInt(network.priceInCogs) })),
    poorChannel: await network.openChannel({ value: 5n }),
    leftOpen: new Set(),
  }
}
