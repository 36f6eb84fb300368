import { Args, Flags } from '@oclif/core'
import { FleetCommand, asLists, startRun, testTable } from '../../client/fleet/index.js'

export default class TestStart extends FleetCommand {
  static override summary = 'Start a test on these hosts, and return at once.'
  static override description = `Hosts named together take part in one run: they share its id, and all of them read the group’s messages from before the first send. Nothing of the run depends on this command or its network afterwards.`

  static override examples = ['<%= config.bin %> <%= command.id %> chat 0 --inventory hosts.yaml --wait-ready 30s']

  static override args = {
    group: Args.string({ description: 'Group, by its name on these hosts.', required: true, ignoreStdin: true }),
    test: Args.string({
      description: 'Test; the number 3 and the text "3" are one.',
      required: true,
      ignoreStdin: true,
    }),
  }

  static override flags = {
    run: Flags.string({ summary: 'Id of the run; made up when not given.' }),
    'wait-ready': Flags.string({
      summary: 'First wait, so long at the most, until these hosts can read each other in the group.',
      helpValue: 'DURATION',
    }),
  }

  override async run() {
    const { args, flags } = await this.parse(TestStart)
    using fleet = await this.openPeers(flags)
    return this.showOutcomes(
      await startRun(fleet, { group: args.group, test: args.test, run: flags.run, waitReady: flags['wait-ready'] }),
      (answers) => testTable(asLists(answers)),
    )
  }
}
