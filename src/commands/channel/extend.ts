import { Args, Flags } from '@oclif/core'
import {
  type ChannelFundsView,
  channelFundsView,
  escrowFlags,
  parseBlockSpan,
  parseChannel,
  receiptText,
  SendingCommand,
  sendingFlags,
  stopOnSignals,
} from '../../client/index.js'

export default class ChannelExtend extends SendingCommand {
  static audience = 'payers'
  static override summary = 'Let a channel of yours expire later.'
  static override description = `Where it lasts that long already, nothing is sent. A channel never expires earlier than it was once to.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> 12 --for 30d -c snetd.config.json --key-file client.key',
  ]

  static override args = {
    channel: Args.string({ description: 'Number of the channel.', required: true, ignoreStdin: true }),
  }

  static override flags = {
    for: Flags.string({
      summary: 'From now; a plain number means blocks.',
      required: true,
      helpValue: 'BLOCKS|DURATION',
    }),
    ...escrowFlags,
    ...sendingFlags,
  }

  override async run(): Promise<ChannelFundsView> {
    const { args, flags } = await this.parse(ChannelExtend)
    const id = parseChannel('CHANNEL', args.channel)
    const span = parseBlockSpan('--for', flags.for)
    using stop = stopOnSignals()
    using place = await this.openAtEscrow(flags, stop.signal)
    const { extendChannel, requireChannel } = await import('../../wallet/index.js')
    const transaction = await extendChannel(place.sender, place.escrow, id, span)
    const channel = await requireChannel(place.sender.provider, place.escrow, id)
    const done = transaction ? receiptText(transaction) : 'It lasts that long already, and nothing was sent.'
    this.log(`${done}\nIn channel ${id} are ${channel.value} cogs, until block ${channel.expiration}`)
    return channelFundsView(channel, transaction)
  }
}
