import { Args, Flags } from '@oclif/core'
import { daemonFlags } from '../../client/index.js'
import {
  type ExportHead,
  exportView,
  type ExportView,
  Passing,
  renderExport,
  StorageCommand,
  type StorePlace,
  writeExport,
} from '../../client/storage/index.js'
import { SnetError } from '../../shared/errors.js'

export default class StorageExport extends StorageCommand {
  static audience = 'providers'
  static override summary = 'Write everything that is kept of payments to a file: a backup that can be read.'
  static override description = `Channels, claims, counts of free calls, what was paid ahead, models and the state of the group, as lines of JSON: first whose they are, then a record each, last how many and how much money. Asks the daemon of this host over the socket in its data directory; while none runs, what it left there is read.
A file is written whole or not at all, and for you alone: it holds the signatures that collect your money. An existing one is replaced.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> payments.jsonl -c snetd.config.json',
    '<%= config.bin %> <%= command.id %> --data-dir /var/lib/snetd | gzip > payments.jsonl.gz',
    `<%= config.bin %> <%= command.id %> | jq -r 'select(.record == "channel") | [.id, .authorized] | @tsv'`,
  ]

  static override args = {
    file: Args.string({ description: 'Where to write; - is stdout.', default: '-', ignoreStdin: true }),
  }

  static override flags = {
    ...daemonFlags,
    'skip-damaged': Flags.boolean({ summary: 'Leave out records that cannot be read, in place of ending there.' }),
  }

  override async run(): Promise<ExportView | undefined> {
    const { args, flags } = await this.parse(StorageExport)
    const { file } = args
    if (file === '-' && this.jsonEnabled()) {
      throw new SnetError('invalid-request', 'an export to stdout is JSON already', {
        hint: 'Leave out --json, or name a file.',
      })
    }
    const place = await this.placeOf(flags)
    return await this.withLines(place, { skipDamaged: flags['skip-damaged'] }, async (lines, head) => {
      const passing = new Passing((text) => this.logToStderr(text))
      if (file === '-') {
        for await (const line of passing.lines(lines())) await this.print(line)
        return undefined
      }
      await writeExport(file, passing.lines(lines()))
      return this.#tell(file, head, passing)
    })
  }

  #tell(file: string, head: ExportHead, { end }: Passing): ExportView {
    const view = exportView(file, head, end ?? { records: {}, signed: 0n, claims: 0n })
    this.log(renderExport(view))
    if (view.records['damaged']) {
      this.warn(`${view.records['damaged']} records could not be read and are not in it: "storage check" names them`)
    }
    return view
  }

  protected override async openStored(place: StorePlace) {
    return await (await import('../../daemon/index.js')).openKeptStore(place)
  }
}
