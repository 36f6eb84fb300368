import { Args } from '@oclif/core'
import { FleetCommand, asLists, testTable, testView } from '../../client/fleet/index.js'
import { SnetError } from '../../shared/errors.js'

export default class TestStatus extends FleetCommand {
  static override summary = 'Show the progress of a test; `running` is true until it is done.'

  static override examples = ['<%= config.bin %> <%= command.id %> chat 0 --json | jq .running']

  static override args = {
    group: Args.string({ description: 'Group, by its name on these hosts.', required: true, ignoreStdin: true }),
    test: Args.string({
      description: 'Test; the number 3 and the text "3" are one.',
      required: true,
      ignoreStdin: true,
    }),
  }

  override async run() {
    const { args, flags } = await this.parse(TestStatus)
    using fleet = await this.openPeers(flags)
    return await this.onEach(
      fleet,
      async (peer) => {
        const [test] = (await peer.call('ListTests', { group: args.group, test: args.test })).tests ?? []
        if (!test) throw new SnetError('not-found', `test does not exist: ${args.test} in ${args.group}`)
        return testView(test)
      },
      (answers) => testTable(asLists(answers)),
    )
  }
}
