import {
  DaemonCommand,
  daemonFlags,
  EXIT_CODES,
  nothingConfigured,
  renderStatus,
  resolveControlSocket,
} from '../client/index.js'
import type { StatusMessage } from '../shared/wire/index.js'

const TIMEOUT_MS = 5_000

export default class Status extends DaemonCommand {
  static override summary = 'Show the state of the daemon on this host: its parts, calls and money in flight.'
  static override description = `Asks over the socket in its data directory, so it works also while the daemon starts or stops.
Exit code 0: serving, and every part can do its work; 8: something is wrong; 3: no daemon answers.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --data-dir /var/lib/snetd --json | jq .gate.cogs_in_flight',
  ]

  static override flags = daemonFlags

  override async run(): Promise<StatusMessage> {
    const { flags } = await this.parse(Status)
    const { getStatus } = await import('../shared/wire/index.js')
    const status = await getStatus(
      await resolveControlSocket(flags, {
        env: process.env,
        cwd: process.cwd(),
        onNothing: () => this.warn(nothingConfigured(this.config.bin)),
      }),
      TIMEOUT_MS,
    )
    if (!status.healthy) process.exitCode = EXIT_CODES['check-failed']
    this.log(renderStatus(status))
    return status
  }
}
