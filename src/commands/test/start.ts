import { Flags } from '@oclif/core'
import {
  FleetCommand,
  asLists,
  groupArg,
  isAway,
  knownGroup,
  startRun,
  testArg,
  testTable,
} from '../../client/fleet/index.js'

export default class TestStart extends FleetCommand {
  static override summary = 'Start a test on these hosts, and return at once.'
  static override description = `Hosts named together take part in one run: they share its id, and all of them read the group’s messages from before the first send. The run does not depend on this command afterwards. Exit code 3: a host is away, and nothing was started anywhere.`

  static override examples = ['<%= config.bin %> <%= command.id %> chat 0 --inventory hosts.yaml --wait-ready 30s']

  static override args = {
    group: groupArg,
    test: testArg,
  }

  static override flags = {
    run: Flags.string({ summary: 'Id of the run; random by default.' }),
    'wait-ready': Flags.string({
      summary:
        'Wait up to this long for the hosts to be able to read each other in the group; fails at once if their generations of Berty never will.',
      helpValue: 'DURATION',
    }),
    'allow-missing': Flags.boolean({
      summary: 'Start on the hosts that answer; without it, nothing starts while one is away.',
    }),
  }

  override async run() {
    const { args, flags } = await this.parse(TestStart)
    using fleet = await this.openPeers(flags)
    const { run, 'wait-ready': waitReady, 'allow-missing': allowMissing } = flags
    const group = await knownGroup(fleet, args.group)
    return this.showOutcomes(
      await startRun(fleet, { ...args, group, run, waitReady, allowMissing, warn: (text) => void this.warn(text) }),
      (answers) => testTable(asLists(answers)),
      (one) => allowMissing && isAway(one),
    )
  }
}
