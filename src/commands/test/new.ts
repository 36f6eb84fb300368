import { Flags } from '@oclif/core'
import {
  FleetCommand,
  asLists,
  groupArg,
  knownGroup,
  planOf,
  testArg,
  testTable,
  testView,
} from '../../client/fleet/index.js'

export default class TestNew extends FleetCommand {
  static override summary = 'Create a test; "test start" sends its messages.'
  static override description = `Without --rate, each message is followed by a pause of --interval (closed model); with --rate, messages go out at that rate, however long each takes (open model).`

  static override examples = [
    '<%= config.bin %> <%= command.id %> chat 0 --size 300B --interval 250ms --amount 100',
    '<%= config.bin %> <%= command.id %> chat load --size 1kb --rate 20 --amount 5000 --seed 7',
  ]

  static override args = {
    group: groupArg,
    test: testArg,
  }

  static override flags = {
    type: Flags.option({ summary: 'What is sent.', options: ['text', 'media'] as const, default: 'text' as const })(),
    size: Flags.string({ summary: 'Size of each message, such as 300B, 1.5kb or 2KiB.', required: true }),
    interval: Flags.string({ summary: 'Pause after each message, such as 2 (seconds) or 250ms.', default: '1' }),
    amount: Flags.integer({ summary: 'Messages that each host sends.', required: true, min: 1 }),
    rate: Flags.string({ summary: 'Messages per second, instead of --interval.' }),
    ramp: Flags.string({ summary: 'Time over which the rate grows to its value.', dependsOn: ['rate'] }),
    seed: Flags.string({
      summary: 'Seed of the message bodies: the same seed makes the same bodies. Random by default.',
    }),
    drain: Flags.string({
      summary: 'A host ends its test once nothing new of the run has arrived for this long.',
      default: '30s',
    }),
    'drain-max': Flags.string({ summary: 'Longest time from its last send to its end; 5m by default.' }),
    'while-away': Flags.option({
      summary:
        'Whether a test waits, or its sends fail, while its Berty is away; with --rate, sends that are due then fail either way.',
      options: ['pause', 'fail'] as const,
      default: 'pause' as const,
    })(),
    'media-as-text': Flags.boolean({ summary: 'Where Berty has no media, send the bytes as text, labelled as such.' }),
  }

  override async run() {
    const { args, flags } = await this.parse(TestNew)
    const plan = planOf(flags)
    using fleet = await this.openPeers(flags)
    const request = { group: await knownGroup(fleet, args.group), test: args.test, plan }
    return await this.onEach(
      fleet,
      async (peer) => testView(await peer.call('NewTest', request)),
      (answers) => testTable(asLists(answers)),
    )
  }
}
