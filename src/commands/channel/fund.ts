import { Args } from '@oclif/core'
import {
  channelArg,
  channelFundsText,
  type ChannelFundsView,
  channelFundsView,
  escrowFlags,
  parseChannel,
  parseCogs,
  receiptText,
  SendingCommand,
  sendingFlags,
} from '../../client/index.js'

export default class ChannelFund extends SendingCommand {
  static audience = 'payers'
  static override summary = 'Add tokens to a channel.'
  static override description = `Takes them from your balance at the escrow contract, and fills that up from your account where it is too low. Anybody can fund any channel; what is in it goes to its provider, or back to its sender.
A command that was interrupted is run again as it was: it goes on where it stopped, and adds once.`

  static override examples = ['<%= config.bin %> <%= command.id %> 12 5000 -c snetd.config.json --key-file client.key']

  static override args = {
    ...channelArg,
    amount: Args.string({ description: 'Cogs to add.', required: true, ignoreStdin: true }),
  }

  static override flags = { ...escrowFlags, ...sendingFlags }

  override async run(): Promise<ChannelFundsView> {
    const { args, flags } = await this.parse(ChannelFund)
    const id = parseChannel('CHANNEL', args.channel)
    const amount = parseCogs('AMOUNT', args.amount)
    return await this.atEscrow(flags, async (wallet, { sender, escrow }) => {
      const { transaction, channel } = await wallet.fundChannel(sender, escrow, id, amount)
      this.log(`${receiptText(transaction)}\n${channelFundsText(channel)}`)
      return channelFundsView(channel, transaction)
    })
  }
}
