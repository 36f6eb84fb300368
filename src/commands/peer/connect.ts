import { Args } from '@oclif/core'
import { FleetCommand, bertyAddress, peerTable, peerView } from '../../client/fleet/index.js'

export default class PeerConnect extends FleetCommand {
  static override summary = 'Connect each host to the Berty at an address.'
  static override description = `Without an address, uses the one that the inventory names for the host. Nothing happens if the host is connected to that Berty already; if its account has changed, the groups of the old account are forgotten.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> 127.0.0.1:9091',
    '<%= config.bin %> <%= command.id %> --inventory hosts.yaml',
  ]

  static override args = {
    berty: Args.string({
      description: 'HOST:PORT of the Berty, as the host sees it.',
      required: false,
      ignoreStdin: true,
    }),
  }

  override async run() {
    const { args, flags } = await this.parse(PeerConnect)
    using fleet = await this.openFleet(flags)
    return await this.onEach(
      fleet,
      async (peer) => peerView(await peer.call('ConnectPeer', bertyAddress(args.berty ?? peer.berty))),
      peerTable,
    )
  }
}
