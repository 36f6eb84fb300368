import { Args } from '@oclif/core'
import { FleetCommand, testLine, testView } from '../../client/fleet/index.js'

export default class TestWatch extends FleetCommand {
  static override summary = 'Follow the tests of each host until all are done.'
  static override description = `With --json a line {peer, result} for each step. Ctrl-C ends the watching, not the tests.`

  static override examples = ['<%= config.bin %> <%= command.id %> chat 0 --inventory hosts.yaml']

  static override args = {
    group: Args.string({ description: 'Group, by its name on these hosts.', required: false, ignoreStdin: true }),
    test: Args.string({
      description: 'Test; the number 3 and the text "3" are one.',
      required: false,
      ignoreStdin: true,
    }),
  }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(TestWatch)
    using fleet = await this.openPeers(flags)
    const request = { group: args.group ?? '', test: args.test ?? '' }
    await this.watchEach(fleet, async (peer, signal) => {
      for await (const { tests = [] } of peer.client.stream('WatchTests', request, { signal })) {
        const result = tests.map(testView)
        if (this.jsonEnabled()) this.logJson({ peer: peer.name, result })
        else for (const test of result) this.log(testLine(peer.name, test))
        if (result.every(({ state }) => state === 'done' || state === 'planned')) return
      }
    })
  }
}
