import { Args } from '@oclif/core'
import { FleetCommand, groupTable, groupView, asLists } from '../../../client/fleet/index.js'

export default class GroupReceiveStart extends FleetCommand {
  static override summary = 'Start reading a group’s messages, also after restarts.'

  static override examples = ['<%= config.bin %> <%= command.id %> chat']

  static override args = {
    name: Args.string({ description: 'Group, by its name on these hosts.', required: true, ignoreStdin: true }),
  }

  override async run() {
    const { args, flags } = await this.parse(GroupReceiveStart)
    using fleet = await this.openPeers(flags)
    return await this.onEach(
      fleet,
      async (peer) => groupView(await peer.call('StartReceiving', { name: args.name })),
      (answers) => groupTable(asLists(answers)),
    )
  }
}
