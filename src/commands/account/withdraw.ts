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

export default class AccountWithdraw extends SendingCommand {
  static override summary = 'Move tokens from the balance at the escrow contract to the account itself.'
  static override description = `What a provider has claimed lies at the escrow contract until it is withdrawn. What is in channels has to be claimed first.
A command that was interrupted is run again as it was: it goes on where it stopped, and withdraws once.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> all -c snetd.config.json --key-file provider.key',
    '<%= config.bin %> <%= command.id %> 5000 -c snetd.config.json --keystore UTC.json --password-file password',
  ]

  static override args = {
    amount: Args.string({ description: 'Cogs, or "all".', required: true, ignoreStdin: true }),
  }

  static override flags = { ...escrowFlags, ...sendingFlags }

  override async run(): Promise<{ transaction: TransactionView | null; balances: BalancesView }> {
    const { args, flags } = await this.parse(AccountWithdraw)
    const amount = args.amount === 'all' ? 'all' : parseCogs('AMOUNT', args.amount)
    return await this.atEscrow(flags, async (wallet, { sender, escrow }) => {
      const transaction = await wallet.withdrawTokens(sender, escrow, amount)
      const balances = await wallet.readBalances(sender.provider, escrow, sender.account.address)
      const done = transaction ? receiptText(transaction) : 'There is nothing to withdraw.'
      this.log(`${done}\n\n${renderBalances(balances)}`)
      return { transaction: transaction ? transactionView(transaction) : null, balances: balancesView(balances) }
    })
  }
}
