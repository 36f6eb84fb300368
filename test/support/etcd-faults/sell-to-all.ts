import { ADD, asMetadata, paymentHeaders, TWO_AND_THREE } from '../payer.js'
import type { Group } from './group.js'

/** Sends each of so many signed payments to all daemons at once: exactly one may take it, and only that one forwards it. */
export async function sellToAll(
  { network, replicas, channels }: Group,
  rounds: number,
): Promise<{ readonly seconds: number; readonly problems: readonly string[] }> {
  const [channel] = channels
  const problems: string[] = []
  const start = performance.now()
  for (let round = 1; round <= rounds; round++) {
    const amount = BigInt(round * network.priceInCogs)
    const metadata = asMetadata(paymentHeaders(network, { channel: channel as bigint, amount }))
    const before = network.calculator.calls
    const answers = await Promise.all(replicas.map(({ client }) => client.call(ADD, [TWO_AND_THREE], { metadata })))
    const sold = answers.filter(({ code }) => code === 0).length
    const forwarded = network.calculator.calls - before
    if (sold === 1 && forwarded === 1) continue
    const told = answers.map(({ code, details }) => `${code} ${details}`).join(' | ')
    problems.push(`payment ${round}: sold ${sold} times, forwarded ${forwarded} times (${told})`)
    if (sold === 0) break
  }
  return { seconds: (performance.now() - start) / 1_000, problems }
}
