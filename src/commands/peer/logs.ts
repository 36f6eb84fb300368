import { Flags } from '@oclif/core'
import { FleetCommand } from '../../client/fleet/index.js'
import { printableLine } from '../../shared/printable.js'

const UPLOAD_TIMEOUT_MS = 600_000

export default class PeerLogs extends FleetCommand {
  static override summary = 'Upload the log files of each host to its infra_log_target.'

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --folder run-7 --inventory hosts.yaml',
  ]

  static override flags = {
    folder: Flags.string({ summary: 'Folder within the target; the time in seconds by default.' }),
  }

  override async run() {
    const { flags } = await this.parse(PeerLogs)
    const folder = flags.folder ?? String(Math.floor(Date.now() / 1000))
    using fleet = await this.openFleet(flags)
    return await this.onEach(
      fleet,
      async (peer) => {
        const name = peer.name.replaceAll(/[^A-Za-z0-9_-]/g, '-')
        const { count, links = [] } = await peer.call('UploadLogs', { folder, name }, { timeoutMs: UPLOAD_TIMEOUT_MS })
        return { count: Number(count ?? 0), links }
      },
      (answers) =>
        answers
          .map(({ peer, result }) =>
            [`${peer}: ${result.count} files`, ...result.links.map(printableLine)].join('\n  '),
          )
          .join('\n'),
    )
  }
}
