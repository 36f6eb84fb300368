import {
  FleetCommand,
  knownGroup,
  optionalGroupArg,
  optionalTestArg,
  testTable,
  testView,
} from '../../client/fleet/index.js'

export default class TestStop extends FleetCommand {
  static override summary = 'Stop a test at once; what it has sent stays in the ledger.'
  static override description = `Without arguments, stops every test on these hosts.`

  static override examples = ['<%= config.bin %> <%= command.id %> chat 0', '<%= config.bin %> <%= command.id %>']

  static override args = {
    group: optionalGroupArg,
    test: optionalTestArg,
  }

  override async run() {
    const { args, flags } = await this.parse(TestStop)
    using fleet = await this.openPeers(flags)
    const group = args.group === undefined ? '' : await knownGroup(fleet, args.group)
    const request = { group, test: args.test ?? '' }
    return await this.onEach(
      fleet,
      async (peer) => ((await peer.call('StopTest', request)).tests ?? []).map(testView),
      testTable,
    )
  }
}
