import { FleetCommand, peerLine, peerView } from '../../client/fleet/index.js'
import { follow, giveUpFlag } from '../../client/index.js'

export default class PeerWatch extends FleetCommand {
  static override summary = 'Show each host now and after every change.'
  static override description = `With --json, prints one line {peer, result} each time. Waits for a daemon that goes away. Ctrl-C ends it.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json | jq -r .result.state',
  ]

  static override flags = {
    'give-up': giveUpFlag,
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(PeerWatch)
    using fleet = await this.openFleet(flags)
    await this.watchEach(fleet, async (peer, signal) => {
      const open = () => peer.client.stream('WatchPeer', {}, { signal })
      const outages = this.outageNotes(peer)
      for await (const update of follow(open, { signal, giveUp: flags['give-up'], ...outages })) {
        const result = peerView(update)
        if (this.jsonEnabled()) this.logJson({ peer: peer.name, result })
        else this.log(peerLine(peer.name, result))
      }
    })
  }
}
