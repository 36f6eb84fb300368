import { Flags } from '@oclif/core'
import {
  createStatusScreen,
  createStatusTeller,
  DaemonCommand,
  daemonFlags,
  EXIT_CODES,
  follow,
  nothingConfigured,
  renderStatus,
  resolveControlSocket,
  type StatusDisplay,
  stopOnSignals,
} from '../client/index.js'
import { pause } from '../shared/clock.js'
import type { StatusMessage } from '../shared/wire/index.js'

const TIMEOUT_MS = 5_000
const EVERY_MS = 1_000
/** A daemon that is away is waited for as long as somebody watches. */
const FOR_EVER = '8760h'

export default class Status extends DaemonCommand {
  static override summary =
    'Show the state of the daemon on this host: its parts, calls, and money in flight and to collect.'
  static override description = `Asks over the socket in its data directory, so it works also while the daemon starts or stops.
Exit code 0: serving, and every part can do its work; 8: something is wrong; 3: no daemon answers.
With --watch it asks each second until Ctrl-C, and waits for a daemon that is started again: on a terminal the screen is drawn again in place, elsewhere what has changed is printed. The exit code is that of the last answer.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --watch',
    '<%= config.bin %> <%= command.id %> --quiet && echo well',
    '<%= config.bin %> <%= command.id %> --data-dir /var/lib/snetd --json | jq .gate.cogs_in_flight',
  ]

  static override flags = {
    ...daemonFlags,
    watch: Flags.boolean({ char: 'w', summary: 'Go on until Ctrl-C.' }),
    quiet: Flags.boolean({ char: 'q', summary: 'Print nothing: the exit code says it.', exclusive: ['watch', 'json'] }),
  }

  override async run(): Promise<StatusMessage | undefined> {
    const { flags } = await this.parse(Status)
    const socket = await resolveControlSocket(flags, {
      env: process.env,
      cwd: process.cwd(),
      onNothing: () => this.warn(nothingConfigured(this.config.bin)),
    })
    if (flags.watch) return await this.#watch(socket)
    const { getStatus } = await import('../shared/wire/grpc/index.js')
    const status = await getStatus(socket, TIMEOUT_MS)
    judge(status)
    if (!flags.quiet) this.log(renderStatus(status))
    return status
  }

  async #watch(socket: string): Promise<undefined> {
    using stop = stopOnSignals()
    const { signal } = stop
    const display = this.#display()
    const outages = { onAway: ({ message }: Error) => display.away(message), onBack: () => undefined }
    for await (const status of follow(() => statuses(socket, signal), { signal, giveUp: FOR_EVER, ...outages })) {
      judge(status)
      display.show(status)
    }
  }

  #display(): StatusDisplay {
    if (process.stdout.isTTY && !this.jsonEnabled()) return createStatusScreen(process.stdout)
    return createStatusTeller(
      (status) => (this.jsonEnabled() ? this.logJson(status) : this.log(`${renderStatus(status)}\n`)),
      (why) => void this.warn(`the daemon is away, waiting for it: ${why}`),
    )
  }
}

const judge = ({ healthy }: StatusMessage): void => {
  process.exitCode = healthy ? 0 : EXIT_CODES['check-failed']
}

/** What the daemon says of itself, again and again until the signal. */
async function* statuses(socket: string, signal: AbortSignal): AsyncGenerator<StatusMessage> {
  const { getStatus } = await import('../shared/wire/grpc/index.js')
  while (!signal.aborted) {
    yield await getStatus(socket, TIMEOUT_MS)
    await pause(EVERY_MS, signal)
  }
}
