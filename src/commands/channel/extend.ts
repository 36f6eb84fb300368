import { Flags } from '@oclif/core'
import {
  channelArg,
  channelFundsText,
  type ChannelFundsView,
  channelFundsView,
  escrowFlags,
  parseBlockSpan,
  parseChannel,
  receiptText,
  SendingCommand,
  sendingFlags,
} from '../../client/index.js'

export default class ChannelExtend extends SendingCommand {
  static audience = 'payers'
  static override summary = 'Let a channel of yours expire later.'
  static override description = `Where it lasts that long already, nothing is sent. A channel never expires earlier than it was once to.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> 12 --for 30d -c snetd.config.json --key-file client.key',
  ]

  static override args = channelArg

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
    return await this.atEscrow(flags, async (wallet, { sender, escrow }) => {
      const { transaction, channel } = await wallet.extendChannel(sender, escrow, id, span)
      const done = transaction ? receiptText(transaction) : 'It lasts that long already, and nothing was sent.'
      this.log(`${done}\n${channelFundsText(channel)}`)
      return channelFundsView(channel, transaction)
    })
  }
}
