import { FleetCommand, testTable, testView } from '../../client/fleet/index.js'

export default class TestList extends FleetCommand {
  static override summary = 'Show the tests of each host.'

  static override examples = ['<%= config.bin %> <%= command.id %> --inventory hosts.yaml']

  override async run() {
    const { flags } = await this.parse(TestList)
    using fleet = await this.openPeers(flags)
    return await this.onEach(
      fleet,
      async (peer) => ((await peer.call('ListTests', {})).tests ?? []).map(testView),
      testTable,
    )
  }
}
