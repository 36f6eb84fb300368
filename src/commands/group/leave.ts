import { Args } from '@oclif/core'
import { FleetCommand, groupView } from '../../client/fleet/index.js'

export default class GroupLeave extends FleetCommand {
  static override summary = 'Leave a group and delete what was received in it.'

  static override examples = ['<%= config.bin %> <%= command.id %> chat']

  static override args = {
    name: Args.string({ description: 'Group, by its name on these hosts.', required: true, ignoreStdin: true }),
  }

  override async run() {
    const { args, flags } = await this.parse(GroupLeave)
    using fleet = await this.openPeers(flags)
    return await this.onEach(
      fleet,
      async (peer) => groupView(await peer.call('LeaveGroup', { name: args.name })),
      (answers) => answers.map(({ peer, result }) => `${peer} left ${result.name}`).join('\n'),
    )
  }
}
