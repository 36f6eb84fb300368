import { daemonFlags, KeptCommand, renderTable } from '../../client/index.js'
import type { FreeCallUserEntry } from '../../shared/wire/index.js'

export default class FreecallList extends KeptCommand {
  static audience = 'providers'
  static override summary = 'Show who made free calls, and how many.'
  static override description = `Asks the daemon of this host over the socket in its data directory; while none runs, what it left there is read.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --data-dir /var/lib/snetd --json',
  ]

  static override flags = daemonFlags

  override async run(): Promise<readonly FreeCallUserEntry[]> {
    const { flags } = await this.parse(FreecallList)
    const users = await this.atKept(flags, (place) => place.listFreeCallUsers())
    const rows = users.map(({ address, user_id: user, service, made, busy }) => [
      address ?? '',
      user || '-',
      service ?? '',
      String(made ?? 0),
      busy ? 'a call is under way' : '',
    ])
    if (rows.length === 0) this.log('no users of free calls, yet in storage')
    else this.log(renderTable(['ADDRESS', 'USER', 'SERVICE', 'MADE', 'NOW'], rows, { dropped: ['SERVICE', 'NOW'] }))
    return users
  }

  protected override async openStored(dataDir: string) {
    return await (await import('../../daemon/index.js')).openStoredPayments(dataDir)
  }
}
