import { Args, Flags } from '@oclif/core'
import {
  type ChannelFundsView,
  channelFundsView,
  networkFlags,
  parseBlockSpan,
  parseCogs,
  receiptText,
  resolveNetwork,
  SendingCommand,
  sendingFlags,
  stopOnSignals,
} from '../../client/index.js'

export default class ChannelOpen extends SendingCommand {
  static audience = 'payers'
  static override summary = 'Open a channel to the provider of a service, and put tokens in.'
  static override description = `Takes the tokens from your balance at the escrow contract, and fills that up from your account where it is too low: up to three transactions.
Where you have a channel to this provider already, with as much in it and time left, that one is told and nothing is sent; --another opens one more.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> ExampleOrg ExampleSvc 5000 -c snetd.config.json --key-file client.key',
    '<%= config.bin %> <%= command.id %> ExampleOrg ExampleSvc 5000 --for 90d --max-fee 30 -c FILE --key-file client.key',
  ]

  static override args = {
    organization: Args.string({ description: 'Organisation id.', required: true, ignoreStdin: true }),
    service: Args.string({ description: 'Service id.', required: true, ignoreStdin: true }),
    amount: Args.string({ description: 'Cogs to put in.', required: true, ignoreStdin: true }),
  }

  static override flags = {
    for: Flags.string({
      summary: 'How long calls can be paid on it; a plain number means blocks.',
      default: '30d',
      helpValue: 'BLOCKS|DURATION',
    }),
    another: Flags.boolean({ summary: 'Open one although there is one that would do.' }),
    ...networkFlags,
    ...sendingFlags,
  }

  override async run(): Promise<ChannelFundsView> {
    const { args, flags } = await this.parse(ChannelOpen)
    const value = parseCogs('AMOUNT', args.amount)
    const span = parseBlockSpan('--for', flags.for)
    using stop = stopOnSignals()
    const { group, ...network } = await resolveNetwork(flags)
    using sender = await this.openSender(flags, network.rpc, stop.signal)
    const { openChannelTo } = await import('../../wallet/index.js')
    const name = { organization: args.organization, service: args.service, group }
    const opened = await openChannelTo(sender, network, name, { value, span, isAnother: flags.another })
    const facts = `channel ${opened.id}: ${opened.value} cogs, until block ${opened.expiration}`
    this.log(opened.transaction ? `${receiptText(opened.transaction)}\nOpened ${facts}` : `There is ${facts}`)
    return channelFundsView(opened, opened.transaction)
  }
}
