import { FleetCommand, groupTable, groupView } from '../../client/fleet/index.js'

export default class GroupList extends FleetCommand {
  static override summary = 'Show the groups of each host, and which members can read each other.'

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json | jq ".[].name"',
  ]

  override async run() {
    const { flags } = await this.parse(GroupList)
    using fleet = await this.openPeers(flags)
    return await this.onEach(
      fleet,
      async (peer) => ((await peer.call('ListGroups', {})).groups ?? []).map(groupView),
      groupTable,
    )
  }
}
