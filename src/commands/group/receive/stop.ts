import { Args } from '@oclif/core'
import { FleetCommand, groupTable, groupView, asLists } from '../../../client/fleet/index.js'

export default class GroupReceiveStop extends FleetCommand {
  static override summary = 'Stop reading a group’s messages.'

  static override examples = ['<%= config.bin %> <%= command.id %> chat']

  static override args = {
    name: Args.string({ description: 'Group, by its name on these hosts.', required: true, ignoreStdin: true }),
  }

  override async run() {
    const { args, flags } = await this.parse(GroupReceiveStop)
    using fleet = await this.openPeers(flags)
    return await this.onEach(
      fleet,
      async (peer) => groupView(await peer.call('StopReceiving', { name: args.name })),
      (answers) => groupTable(asLists(answers)),
    )
  }
}
