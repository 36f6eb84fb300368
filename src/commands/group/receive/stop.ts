import { FleetCommand, groupArg, groupTable, groupView, asLists, knownGroup } from '../../../client/fleet/index.js'

export default class GroupReceiveStop extends FleetCommand {
  static override summary = 'Stop reading a group’s messages.'

  static override examples = ['<%= config.bin %> <%= command.id %> chat']

  static override args = {
    name: groupArg,
  }

  override async run() {
    const { args, flags } = await this.parse(GroupReceiveStop)
    using fleet = await this.openPeers(flags)
    const name = await knownGroup(fleet, args.name)
    return await this.onEach(
      fleet,
      async (peer) => groupView(await peer.call('StopReceiving', { name })),
      (answers) => groupTable(asLists(answers)),
    )
  }
}
