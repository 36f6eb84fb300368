import { Args, Flags } from '@oclif/core'
import { SnetError } from '../shared/errors.js'
import type { ChannelId } from '../shared/units.js'
import type { ClaimPlan, OpenCollector, WantedClaims } from '../wallet/index.js'
import { parseBlockSpan, parseChannel, parseCogs } from './cogs-flags.js'
import { confirm } from './confirm.js'
import { escrowFlags, resolveService } from './escrow-flags.js'
import { EXIT_CODES } from './exit-codes.js'
import {
  collectedView,
  type CollectedView,
  planView,
  type PlanView,
  renderCollected,
  renderPlan,
} from './render/claims.js'
import { SendingCommand } from './sending-command.js'
import { sendingFlags } from './sending-flags.js'
import { stopOnSignals } from './signals.js'

const { escrow: _, ...serviceFlags } = escrowFlags

/** The collecting of money as a command; `claim` and `channel claim` are both this one. */
export abstract class ClaimCommand extends SendingCommand {
  static override summary = 'Collect what clients have signed: from channels into your balance at the escrow contract.'
  static override description = `Shows first what there is, what its gas costs, and from which price of the token on it pays; then asks. The daemon is told before the chain: it takes no more payments of what is being claimed. Many channels go in one transaction.
Wherever it is interrupted, run it again: it finds what was begun and what was sent, and collects it once. What it collects lies at the escrow contract: "account withdraw all" brings it to your account.
The key is that of the payment address of your group. Your daemon needs none.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> --all --dry-run -c snetd.config.json --key-file provider.key',
    '<%= config.bin %> <%= command.id %> --expiring-within 3d --min-amount 1000 --max-fee 30 --yes -c FILE --key-file KEY',
    '<%= config.bin %> <%= command.id %> 12 17 --signer http://127.0.0.1:9000 -c snetd.config.json',
  ]

  static override args = {
    channel: Args.string({
      description: 'Numbers of channels, as many as you like.',
      multiple: true,
      ignoreStdin: true,
    }),
  }

  static override flags = {
    all: Flags.boolean({ summary: 'Every channel.' }),
    'min-amount': Flags.string({
      summary: 'Leave out channels with less; claims that were begun are not left out.',
      default: '1',
      helpValue: 'COGS',
    }),
    'expiring-within': Flags.string({
      summary: 'Only channels whose senders can soon take the funds back; a plain number means blocks.',
      helpValue: 'BLOCKS|DURATION',
    }),
    sendback: Flags.boolean({ summary: 'Send what is left in the channels back to their senders.' }),
    'dry-run': Flags.boolean({ summary: 'Show what there is and what it costs; change nothing.' }),
    yes: Flags.boolean({ char: 'y', summary: 'Do not ask.' }),
    endpoint: Flags.string({
      summary: 'The daemon, instead of the endpoint that is published.',
      helpValue: 'HOST:PORT',
      helpGroup: 'NETWORK',
    }),
    ...serviceFlags,
    ...sendingFlags,
  }

  override async run(): Promise<PlanView | CollectedView> {
    const { args, flags } = await this.parse(ClaimCommand)
    const wanted = wantedClaims(args.channel ?? [], flags)
    using stop = stopOnSignals()
    const { network, name } = await resolveService(flags)
    using sender = await this.openSender(flags, network.rpc, stop.signal)
    const { openCollector, planClaims, planCosts } = await import('../wallet/index.js')
    using collector = await openCollector(sender, { network, name, endpoint: flags.endpoint })
    const plan = await planClaims(collector, wanted)
    const costs = planCosts(plan, collector.token)
    this.log(renderPlan(plan, costs, collector.token))
    if (flags['dry-run']) return planView(plan, costs)
    if (plan.claims.length > 0 && !flags.yes) await confirm(question(plan), stop.signal)
    return await this.#collect(collector, plan)
  }

  async #collect(collector: OpenCollector, plan: ClaimPlan): Promise<CollectedView> {
    const { collectClaims, readBalances } = await import('../wallet/index.js')
    const { sender, escrow, token } = collector
    const collected = await collectClaims(collector, plan.claims)
    const { deposited } = await readBalances(sender.provider, escrow, sender.account.address)
    for (const { channel, reason } of collected.leftOut) this.warn(`channel ${channel} is left out: ${reason}`)
    if (collected.leftOut.length > 0) process.exitCode = EXIT_CODES['wrong-state']
    if (plan.claims.length > 0) this.log(`\n${renderCollected(collected, deposited, token)}`)
    return collectedView({ ...collected, leftOut: [...plan.leftOut, ...collected.leftOut] }, deposited)
  }
}

function question({ claims }: ClaimPlan): string {
  const rest = claims.some(({ sendback }) => sendback) ? ', and send the rest back to the senders' : ''
  return `Claim ${claims.length === 1 ? 'it' : `these ${claims.length}`}${rest}?`
}

interface Wanted {
  readonly all: boolean
  readonly sendback?: boolean
  readonly 'min-amount': string
  readonly 'expiring-within'?: string | undefined
}

function wantedClaims(written: readonly string[], flags: Wanted): WantedClaims {
  const channels: ChannelId[] = written.map((text) => parseChannel('CHANNEL', text))
  const within = flags['expiring-within']
  if (channels.length > 0 && flags.all) throw new SnetError('invalid-request', 'either channels or --all, not both')
  if (channels.length === 0 && !flags.all && within === undefined) {
    throw new SnetError('invalid-request', 'which channels: neither numbers nor --all nor --expiring-within', {
      hint: '--all --dry-run shows all there is.',
    })
  }
  return {
    channels: channels.length > 0 ? channels : undefined,
    minAmount: parseCogs('--min-amount', flags['min-amount']),
    expiringWithin: within === undefined ? undefined : parseBlockSpan('--expiring-within', within),
    sendback: flags.sendback === true,
  }
}
