import { Args } from '@oclif/core'
import { FleetCommand, fetchReport, renderReport } from '../../client/fleet/index.js'
import { EXIT_CODES, EXIT_RUNNING, stopOnSignals } from '../../client/index.js'

export default class TestReport extends FleetCommand {
  static override summary = 'Judge a run: what was sent, what arrived where, how long it took.'
  static override description = `Fetches the part of every host and brings the ledgers together. With --json the report as one object; docs/reference/run-report.schema.json describes it. Exit code 0: passed; 8: failed or aborted; 10: a part of it still runs.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> --inventory hosts.yaml',
    '<%= config.bin %> <%= command.id %> --inventory hosts.yaml --json | jq .verdict',
  ]

  static override args = {
    run: Args.string({
      description: 'Id of the run, or its first 8 characters; the newest run by default.',
      required: false,
      ignoreStdin: true,
    }),
  }

  override async run() {
    const { args, flags } = await this.parse(TestReport)
    using stop = stopOnSignals()
    using fleet = await this.openPeers(flags)
    const report = await fetchReport(fleet, args.run, stop.signal)
    if (report.verdict !== 'passed')
      process.exitCode = report.verdict === 'running' ? EXIT_RUNNING : EXIT_CODES['check-failed']
    this.log(renderReport(report))
    return report
  }
}
