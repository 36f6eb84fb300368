import { Args, Flags } from '@oclif/core'
import { CALL_TIMEOUT_MS, FleetCommand, bertyAddress, probeTable, probeView } from '../../client/fleet/index.js'

export default class PeerTest extends FleetCommand {
  static override summary = 'Test the connection from each host to the Berty at an address.'
  static override description = `Opens a new connection and changes nothing. Without an address, each host tries its own Berty.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> 127.0.0.1:9091 --tries 5',
  ]

  static override args = {
    berty: Args.string({
      description: 'HOST:PORT of the Berty, as the host sees it.',
      required: false,
      ignoreStdin: true,
    }),
  }

  static override flags = {
    tries: Flags.integer({ summary: 'Maximum number of tries.', default: 1, min: 1, max: 100 }),
  }

  override async run() {
    const { args, flags } = await this.parse(PeerTest)
    using fleet = await this.openFleet(flags)
    return await this.onEach(
      fleet,
      async (peer) => {
        const endpoint = args.berty ?? peer.berty ?? (await peer.call('GetPeer', {})).endpoint
        const probe = { ...bertyAddress(endpoint), tries: flags.tries }
        return probeView(await peer.call('ProbePeer', probe, { timeoutMs: CALL_TIMEOUT_MS * flags.tries }))
      },
      probeTable,
    )
  }
}
