import { Args, Flags } from '@oclif/core'
import { FleetCommand, parseReliability, reliabilityView } from '../../client/fleet/index.js'

export default class PeerReliability extends FleetCommand {
  static override summary = 'Cut each host off from the network at random times.'
  static override description = `TIMEOUT,ODDS: time is divided into slots of TIMEOUT seconds, and each slot is an outage with a probability of 1 in ODDS. 0,0 means never.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> 0,0',
    '<%= config.bin %> <%= command.id %> 10,5 --seed 7',
  ]

  static override args = {
    pair: Args.string({ description: 'TIMEOUT,ODDS', required: true, ignoreStdin: true }),
  }

  static override flags = {
    seed: Flags.string({
      summary: 'Seed that decides which slots; by default each host picks a random one and shows it.',
    }),
  }

  override async run() {
    const { args, flags } = await this.parse(PeerReliability)
    const pair = parseReliability(args.pair)
    using fleet = await this.openFleet(flags)
    return await this.onEach(
      fleet,
      async (peer) => reliabilityView(await peer.call('SetReliability', { ...pair, seed: flags.seed ?? '' })),
      (answers) => answers.map(({ peer, result }) => `${peer}: ${result.timeout},${result.odds}`).join('\n'),
    )
  }
}
