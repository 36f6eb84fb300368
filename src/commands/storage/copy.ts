import { Args, Flags } from '@oclif/core'
import {
  type ExportFile,
  type ExportHead,
  type ExportView,
  exportView,
  findPlace,
  findTarget,
  type ImportView,
  type Incoming,
  MergingCommand,
  Passing,
  type Reached,
  renderExport,
  type StorePlace,
  writeExport,
} from '../../client/storage/index.js'
import { EXIT_CODES } from '../../client/index.js'
import { SnetError } from '../../shared/errors.js'

type Place = StorePlace | ExportFile

interface Retiring {
  readonly lines: () => AsyncIterable<string>
  readonly head: ExportHead
  readonly view: ImportView
  readonly to: StorePlace
  readonly name: string
}

export default class StorageCopy extends MergingCommand {
  static audience = 'providers'
  static override summary = 'Copy everything that is kept of payments from one store into another.'
  static override description = `FROM and TO are each the config file of a daemon, its data directory, or an export (TO: a name that ends with .jsonl is written). A config file means the backend that it names: "embedded" in its data_dir, or "etcd". What is in TO already is merged as "storage import" merges it, so it can be run again.
Where a daemon serves FROM, it goes on selling: stop it, and run the same once more, before another daemon sells from TO.
Exit code 8: a record breaks a rule and was left out, as it says; 5: a call kept a channel busy, run it again.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> old.config.json snetd.config.json --dry-run',
    '<%= config.bin %> <%= command.id %> /var/lib/snetd snetd.config.json',
    '<%= config.bin %> <%= command.id %> one-host.json group.json --retire',
  ]

  static override args = {
    from: Args.string({ description: 'Config file, data directory or export.', required: true, ignoreStdin: true }),
    to: Args.string({ description: 'Config file, data directory or export.', required: true, ignoreStdin: true }),
  }

  static override flags = {
    'dry-run': Flags.boolean({ summary: 'Show what would change, and change nothing.' }),
    'skip-damaged': Flags.boolean({ summary: 'Leave out records that cannot be read, in place of ending there.' }),
    retire: Flags.boolean({
      summary: 'Once all of it is in TO, mark FROM, so that no daemon sells from it: for good, or until you copy back.',
      exclusive: ['dry-run', 'skip-damaged'],
    }),
  }

  override async run(): Promise<ImportView | ExportView> {
    const { args, flags } = await this.parse(StorageCopy)
    const cwd = process.cwd()
    const from = await findPlace(args.from, cwd)
    const to = await findTarget(args.to, cwd)
    if (from.is === 'store' && to.is === 'store' && from.dataDir === to.dataDir && from.backend === to.backend) {
      throw new SnetError('invalid-request', `${args.from} and ${args.to} are one store`, {
        hint: 'Name another one: a directory means the store in it, a config file the backend that it names.',
      })
    }
    return await this.withLines(from, { skipDamaged: flags['skip-damaged'] }, async (lines, head, reached) => {
      if (flags.retire) requireRetirable(from, to, reached)
      if (to.is === 'file') return await this.#write(to.path, { lines, head, dryRun: flags['dry-run'] })
      const view = this.tell(await this.mergeInto(to, { lines, head, dryRun: flags['dry-run'] }))
      if (flags.retire && to.is === 'store') await this.#retire({ lines, head, view, to, name: args.from }, reached)
      if (reached.isLive) this.warn(`a daemon serves ${args.from}: what it sells from now on is not in ${args.to}`)
      return view
    })
  }

  /** What was left out, or is not there when it is looked for again, can be sold and collected from FROM alone. */
  async #retire({ lines, head, view, to, name }: Retiring, { retire }: Reached): Promise<void> {
    const again = view.faults_in_all > 0 ? view : await this.mergeInto(to, { lines, head, dryRun: true })
    if (again.faults_in_all > 0 || again.records.some(({ added, raised }) => added + raised > 0)) {
      const why =
        view.faults_in_all > 0
          ? 'a record breaks a rule, as it says above'
          : `not all of it is in ${to.name}; run the same again`
      this.warn(`${name} is NOT marked, and daemons may sell from it: ${why}`)
      process.exitCode ??= EXIT_CODES['check-failed']
      return
    }
    await retire?.(`the store of ${to.name}${to.backend === undefined ? '' : ` (${to.backend})`}`)
    this.log(`all of it is there: no daemon sells from ${name} any more`)
  }

  async #write(
    path: string,
    { lines, head, dryRun }: { lines: () => AsyncIterable<string>; head: ExportHead; dryRun: boolean },
  ): Promise<ExportView> {
    if (dryRun) {
      throw new SnetError('invalid-request', '--dry-run is for stores: a file holds what FROM holds', {
        hint: 'Leave it out, or name a store as TO.',
      })
    }
    const passing = new Passing((text) => this.logToStderr(text))
    await writeExport(path, passing.lines(lines()))
    const view = exportView(path, head, passing.end ?? { records: {}, signed: 0n, claims: 0n })
    this.log(renderExport(view))
    return view
  }

  protected override async openStored(place: StorePlace, incoming?: Incoming) {
    return await (await import('../../daemon/index.js')).openKeptStore(place, incoming)
  }
}

function requireRetirable(from: Place, to: Place, { isLive, retire }: Reached): void {
  if (isLive) {
    throw new SnetError('wrong-state', `a daemon serves ${from.name}: what it sells after the copy would be lost`, {
      hint: 'Stop it, and run the same again.',
    })
  }
  if (to.is === 'file') {
    throw new SnetError('invalid-request', `${from.name} cannot be marked: no daemon sells from the file ${to.name}`, {
      hint: 'Name the config file or the data directory that takes over as TO; or leave --retire out.',
    })
  }
  if (retire) return
  if (from.is === 'file') {
    throw new SnetError('invalid-request', `${from.name} is an export, from which no daemon sells`, {
      hint: 'Leave --retire out; or name the store that was exported as FROM.',
    })
  }
  throw new SnetError('invalid-request', `${from.name} keeps payments in an etcd, which cannot be marked`, {
    hint: 'Stop all daemons of the group, and run the same without --retire.',
  })
}
