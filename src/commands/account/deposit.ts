import { Args } from '@oclif/core'
import {
  type BalancesView,
  balancesView,
  escrowFlags,
  parseCogs,
  receiptText,
  renderBalances,
  SendingCommand,
  sendingFlags,
  type TransactionView,
  transactionView,
} from '../../client/index.js'

export default class AccountDeposit extends SendingCommand {
  static override summary = 'Move tokens of an account into its balance at the escrow contract.'
  static override description = `Channels are opened and funded from that balance; "channel open" and "channel fund" do this by themselves where it is too low.
A command that was interrupted is run again as it was: it goes on where it stopped, and deposits once.`

  static override examples = ['<%= config.bin %> <%= command.id %> 5000 -c snetd.config.json --key-file client.key']

  static override args = {
    amount: Args.string({ description: 'Cogs.', required: true, ignoreStdin: true }),
  }

  static override flags = { ...escrowFlags, ...sendingFlags }

  override async run(): Promise<{ transaction: TransactionView; balances: BalancesView }> {
    const { args, flags } = await this.parse(AccountDeposit)
    const amount = parseCogs('AMOUNT', args.amount)
    return await this.atEscrow(flags, async (wallet, { sender, escrow }) => {
      const transaction = await wallet.depositTokens(sender, escrow, amount)
      const balances = await wallet.readBalances(sender.provider, escrow, sender.account.address)
      this.log(`${receiptText(transaction)}\n\n${renderBalances(balances)}`)
      return { transaction: transactionView(transaction), balances: balancesView(balances) }
    })
  }
}
