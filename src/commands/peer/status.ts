import {
  behindMs,
  type ClockOfDevice,
  FleetCommand,
  peerView,
  readClocks,
  readingTable,
} from '../../client/fleet/index.js'
import { EXIT_CODES, stopOnSignals } from '../../client/index.js'
import type { PeerMessage } from '../../shared/wire/index.js'

export default class PeerStatus extends FleetCommand {
  static override summary = 'Check that each host has a Berty that answers.'
  static override description = `Exit code 0: all are connected; 8: one is not; 3: a control daemon does not answer. "behind" is how long ago the newest message that the host has read live was sent; "unread" is what its Berty has delivered and the daemon has not handled yet; "lists" is what reading Berty’s lists has cost. --json shows more.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --host host1 --host host2 --token-file token',
  ]

  override async run() {
    const { flags } = await this.parse(PeerStatus)
    using stop = stopOnSignals()
    using fleet = await this.openFleet(flags)
    let clocks: Promise<ClockOfDevice> | undefined
    const behind = async (told: PeerMessage): Promise<number | null> =>
      told.newest_live ? behindMs(told, await (clocks ??= readClocks(fleet, stop.signal))) : null
    return await this.onEach(
      fleet,
      async (peer) => {
        const told = await peer.call('GetPeer', {})
        const view = { ...peerView(told), behind_ms: await behind(told) }
        if (view.state !== 'connected') process.exitCode ??= EXIT_CODES['check-failed']
        return view
      },
      readingTable,
    )
  }
}
