import { Args, Flags } from '@oclif/core'
import { daemonFlags } from '../../client/index.js'
import { type ImportView, type Incoming, MergingCommand, type StorePlace } from '../../client/storage/index.js'

export default class StorageImport extends MergingCommand {
  static audience = 'providers'
  static override summary = 'Merge an export into what is kept: no amount is lowered, no claim is lost.'
  static override description = `The newer nonce of a channel stands, and under one nonce the larger amount: an old backup makes nothing that was paid with buy again. Claims stay, counts of free calls and of what was paid ahead only grow. So it does no harm to import twice, in any order, or again what was cut off.
Goes through the daemon of this host, over the socket in its data directory; while none runs, its store is opened, or a new one begun. The export is read to its end first: one that is cut, or of another network, organisation, group or escrow contract, changes nothing.
Exit code 8: a record breaks a rule and was left out, as it says; 5: a call kept a channel busy, run it again.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> payments.jsonl --dry-run',
    '<%= config.bin %> <%= command.id %> payments.jsonl -c snetd.config.json',
  ]

  static override args = {
    file: Args.string({ description: 'What "storage export" wrote.', required: true }),
  }

  static override flags = {
    ...daemonFlags,
    'dry-run': Flags.boolean({ summary: 'Show what would change, and change nothing.' }),
  }

  override async run(): Promise<ImportView> {
    const { args, flags } = await this.parse(StorageImport)
    const place = await this.placeOf(flags)
    const from = { is: 'file', name: args.file, path: args.file } as const
    const view = await this.withLines(from, { skipDamaged: false }, (lines, head) =>
      this.mergeInto(place, { lines, head, dryRun: flags['dry-run'] }),
    )
    return this.tell(view)
  }

  protected override async openStored(place: StorePlace, incoming?: Incoming) {
    return await (await import('../../daemon/index.js')).openKeptStore(place, incoming)
  }
}
