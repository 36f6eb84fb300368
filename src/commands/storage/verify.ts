import { Args } from '@oclif/core'
import { EXIT_CODES } from '../../client/index.js'
import {
  compareExports,
  comparisonView,
  type ComparisonView,
  findPlace,
  Passing,
  renderComparison,
  StorageCommand,
  type StorePlace,
} from '../../client/storage/index.js'

export default class StorageVerify extends StorageCommand {
  static audience = 'providers'
  static override summary = 'Compare two stores or exports: records one by one, and the money in all.'
  static override description = `A and B are each the config file of a daemon, its data directory, or an export. While daemons serve them they may differ in what is paid meanwhile.
Exit code 8: they differ; each record that does is named.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> old.config.json snetd.config.json',
    '<%= config.bin %> <%= command.id %> payments.jsonl /var/lib/snetd',
  ]

  static override args = {
    a: Args.string({ description: 'Config file, data directory or export.', required: true, ignoreStdin: true }),
    b: Args.string({ description: 'Config file, data directory or export.', required: true, ignoreStdin: true }),
  }

  override async run(): Promise<ComparisonView> {
    const { args } = await this.parse(StorageVerify)
    const [a, b] = [await findPlace(args.a, process.cwd()), await findPlace(args.b, process.cwd())]
    const passing = (name: string, lines: AsyncIterable<string>) =>
      new Passing((text) => this.logToStderr(`${name}: ${text}`)).lines(lines)
    const how = { skipDamaged: true }
    const view = await this.withLines(a, how, (ofA) =>
      this.withLines(b, how, async (ofB) =>
        comparisonView(await compareExports(passing('A', ofA()), passing('B', ofB()))),
      ),
    )
    this.log(renderComparison(view, [args.a, args.b]))
    if (!view.same) process.exitCode = EXIT_CODES['check-failed']
    return view
  }

  protected override async openStored(place: StorePlace) {
    return await (await import('../../daemon/index.js')).openKeptStore(place)
  }
}
