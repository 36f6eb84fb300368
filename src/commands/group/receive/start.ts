import { FleetCommand, groupArg, groupTable, groupView, asLists, knownGroup } from '../../../client/fleet/index.js'

export default class GroupReceiveStart extends FleetCommand {
  static override summary = 'Start reading a group’s messages, also after restarts.'

  static override examples = ['<%= config.bin %> <%= command.id %> chat']

  static override args = {
    name: groupArg,
  }

  override async run() {
    const { args, flags } = await this.parse(GroupReceiveStart)
    using fleet = await this.openPeers(flags)
    const name = await knownGroup(fleet, args.name)
    return await this.onEach(
      fleet,
      async (peer) => groupView(await peer.call('StartReceiving', { name })),
      (answers) => groupTable(asLists(answers)),
    )
  }
}
