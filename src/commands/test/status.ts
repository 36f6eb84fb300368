import { FleetCommand, asLists, groupArg, knownGroup, testArg, testTable, testView } from '../../client/fleet/index.js'
import { SnetError } from '../../shared/errors.js'

export default class TestStatus extends FleetCommand {
  static override summary = 'Show the progress of a test; `running` is true until it is done.'

  static override examples = ['<%= config.bin %> <%= command.id %> chat 0 --json | jq .running']

  static override args = {
    group: groupArg,
    test: testArg,
  }

  override async run() {
    const { args, flags } = await this.parse(TestStatus)
    using fleet = await this.openPeers(flags)
    const group = await knownGroup(fleet, args.group)
    return await this.onEach(
      fleet,
      async (peer) => {
        const [test] = (await peer.call('ListTests', { group, test: args.test })).tests ?? []
        if (!test) throw new SnetError('not-found', `test does not exist: ${args.test} in ${group}`)
        return testView(test)
      },
      (answers) => testTable(asLists(answers)),
    )
  }
}
