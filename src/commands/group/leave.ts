import { FleetCommand, groupArg, groupView, knownGroup } from '../../client/fleet/index.js'

export default class GroupLeave extends FleetCommand {
  static override summary = 'Leave a group and delete what was received in it.'

  static override examples = ['<%= config.bin %> <%= command.id %> chat']

  static override args = {
    name: groupArg,
  }

  override async run() {
    const { args, flags } = await this.parse(GroupLeave)
    using fleet = await this.openPeers(flags)
    const name = await knownGroup(fleet, args.name)
    return await this.onEach(
      fleet,
      async (peer) => groupView(await peer.call('LeaveGroup', { name })),
      (answers) => answers.map(({ peer, result }) => `${peer} left ${result.name}`).join('\n'),
    )
  }
}
