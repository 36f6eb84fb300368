import { FleetCommand, peerLine, peerView } from '../../client/fleet/index.js'

export default class PeerWatch extends FleetCommand {
  static override summary = 'Show each host now, and again whenever something changes.'
  static override description = `With --json a line {peer, result} each time. Ctrl-C ends it.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json | jq -r .result.state',
  ]

  override async run(): Promise<void> {
    const { flags } = await this.parse(PeerWatch)
    using fleet = await this.openFleet(flags)
    await this.watchEach(fleet, async (peer, signal) => {
      for await (const update of peer.client.stream('WatchPeer', {}, { signal })) {
        const result = peerView(update)
        if (this.jsonEnabled()) this.logJson({ peer: peer.name, result })
        else this.log(peerLine(peer.name, result))
      }
    })
  }
}
