import { Flags } from '@oclif/core'
import { DaemonCommand } from '../../client/index.js'
import { uninstallUnit, type UninstalledUnit, unitPathOf } from '../../client/service/index.js'

export default class ServiceUninstall extends DaemonCommand {
  static override summary = 'Stop the service and remove its systemd unit.'
  static override description = `The config file and the data directory stay: the latter holds signed payments that are not claimed yet.`

  static override examples = ['sudo <%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --user']

  static override flags = {
    user: Flags.boolean({ summary: 'The unit of your own user, instead of the one of the system.' }),
  }

  override async run(): Promise<UninstalledUnit> {
    const { flags } = await this.parse(ServiceUninstall)
    const removed = await uninstallUnit(unitPathOf({ isUser: flags.user, env: process.env }), { isUser: flags.user })
    if (!removed.stopped) this.warn(`the service was not stopped: ${removed.reason}`)
    this.log(`${removed.stopped ? 'Stopped the service and removed' : 'Removed'} ${removed.path}`)
    return removed
  }
}
