import { Args } from '@oclif/core'
import {
  accountFlags,
  accountSourceOf,
  balancesView,
  type BalancesView,
  DaemonCommand,
  escrowFlags,
  renderBalances,
  resolveEscrow,
} from '../../client/index.js'
import { SnetError } from '../../shared/errors.js'

export default class AccountShow extends DaemonCommand {
  static override summary = 'Show what an account has: tokens, its balance at the escrow contract, and coin for gas.'
  static override description = `Of the account named, else of the one whose key is given. What is in channels is not among it.
Amounts are in cogs, the smallest unit of the token.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> -c snetd.config.json --key-file provider.key',
    '<%= config.bin %> <%= command.id %> 0x1234567890123456789012345678901234567890 --rpc URL --escrow ADDRESS',
  ]

  static override args = {
    address: Args.string({ description: 'Whose account.', ignoreStdin: true }),
  }

  static override flags = { ...escrowFlags, ...accountFlags }

  override async run(): Promise<BalancesView> {
    const { args, flags } = await this.parse(AccountShow)
    const source = args.address === undefined ? accountSourceOf(flags, process.env) : undefined
    if (args.address === undefined && !source) {
      throw new SnetError('invalid-request', 'whose account: neither an address nor a key is given', {
        hint: 'Name the address, or give --key-file, --keystore or --signer.',
      })
    }
    const { rpc, at } = await resolveEscrow(flags)
    const { readAccount } = await import('../../wallet/index.js')
    const balances = await readAccount(rpc, at, source ?? (args.address as string))
    this.log(renderBalances(balances))
    return balancesView(balances)
  }
}
