import { FleetCommand, peerTable, peerView } from '../../client/fleet/index.js'

export default class PeerList extends FleetCommand {
  static override summary = 'Show the hosts and the Bertys beside them.'

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --inventory hosts.yaml --json',
  ]

  override async run() {
    const { flags } = await this.parse(PeerList)
    using fleet = await this.openFleet(flags)
    return await this.onEach(fleet, async (peer) => peerView(await peer.call('GetPeer', {})), peerTable)
  }
}
