import { Flags } from '@oclif/core'
import { FleetCommand, listRuns, runTable } from '../../client/fleet/index.js'

export default class TestRuns extends FleetCommand {
  static override summary = 'List the runs of these hosts, newest first.'
  static override description = `A run of several hosts is one line, with the hosts that send in it. "test report RUN" judges one.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> --inventory hosts.yaml',
    '<%= config.bin %> <%= command.id %> --json | jq -r ".[0].run"',
  ]

  static override flags = {
    limit: Flags.integer({ summary: 'How many of the newest to show.', default: 20, min: 1, max: 1000 }),
  }

  override async run() {
    const { flags } = await this.parse(TestRuns)
    using fleet = await this.openPeers(flags)
    const { runs, outcomes } = await listRuns(fleet, flags.limit)
    const [only] = outcomes
    if (outcomes.length === 1 && only && !only.ok) throw only.error
    this.failuresShown(outcomes)
    this.log(runTable(runs))
    return runs
  }
}
