import { FleetCommand, peerTable, peerView } from '../../client/fleet/index.js'
import { EXIT_CODES } from '../../client/index.js'

export default class PeerStatus extends FleetCommand {
  static override summary = 'Tell whether each host has a Berty that answers.'
  static override description = `Exit code 0: all are connected; 8: one is not; 3: a control daemon does not answer.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --host host1 --host host2 --token-file token',
  ]

  override async run() {
    const { flags } = await this.parse(PeerStatus)
    using fleet = await this.openFleet(flags)
    return await this.onEach(
      fleet,
      async (peer) => {
        const view = peerView(await peer.call('GetPeer', {}))
        if (view.state !== 'connected') process.exitCode ??= EXIT_CODES['check-failed']
        return view
      },
      peerTable,
    )
  }
}
