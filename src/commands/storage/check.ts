import { daemonFlags, EXIT_CODES } from '../../client/index.js'
import { type FaultView, faultView, renderFaults, StorageCommand, type StorePlace } from '../../client/storage/index.js'

/** So many are named with --json, and on the screen. */
const MOST_NAMED = 1_000

interface CheckView {
  readonly checked: number
  readonly faults: readonly FaultView[]
  readonly faults_in_all: number
}

export default class StorageCheck extends StorageCommand {
  static audience = 'providers'
  static override summary = 'Find records of the store that break a rule, or cannot be read.'
  static override description = `More signed than the channel had, a signature that collects nothing, a claim whose nonce is still sold under, a plan that is overdrawn, a damaged record: each is named with its key, and with what to do. Nothing is changed, and the chain is not asked.
Asks the daemon of this host over the socket in its data directory; while none runs, what it left there is read.
Exit code 8: something was found.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --data-dir /var/lib/snetd --json',
  ]

  static override flags = daemonFlags

  override async run(): Promise<CheckView> {
    const { flags } = await this.parse(StorageCheck)
    const place = await this.placeOf(flags)
    const view = await this.atStore(place, async (store) => {
      const faults: FaultView[] = []
      let [checked, inAll] = [0, 0]
      for await (const part of store.check()) {
        const found = (part.faults ?? []).map(faultView)
        inAll += found.length
        faults.push(...found.slice(0, MOST_NAMED - faults.length))
        checked = Number(part.checked ?? 0)
      }
      return { checked, faults, faults_in_all: inAll }
    })
    const { checked, faults, faults_in_all: inAll } = view
    for (const line of renderFaults(faults, inAll)) this.log(line)
    this.log(inAll === 0 ? `${checked} records, no faults` : `${checked} records, ${inAll} faults`)
    if (inAll > 0) process.exitCode = EXIT_CODES['check-failed']
    return view
  }

  protected override async openStored(place: StorePlace) {
    return await (await import('../../daemon/index.js')).openKeptStore(place)
  }
}
