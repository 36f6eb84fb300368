import { Flags } from '@oclif/core'
import { DaemonCommand, EXIT_CODES } from '../../client/index.js'
import { readUnit, readUnitState, type UnitState, unitPathOf } from '../../client/service/index.js'

export default class ServiceStatus extends DaemonCommand {
  static override summary = 'Show whether systemd runs the daemon.'
  static override description = `Exit code 0: it runs; 8: it does not; 6: it is not installed; 3: systemd does not answer. "status" asks the daemon itself.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --user --json | jq -r .active',
  ]

  static override flags = {
    user: Flags.boolean({ summary: 'The unit of your own user, instead of the one of the system.' }),
  }

  override async run(): Promise<UnitState & { path: string }> {
    const { flags } = await this.parse(ServiceStatus)
    const path = unitPathOf({ isUser: flags.user, env: process.env })
    await readUnit(path)
    const state = await readUnitState({ isUser: flags.user })
    const { active, enabled, pid, since } = state
    if (active !== 'active') process.exitCode = EXIT_CODES['check-failed']
    this.log(
      [
        `unit     ${path}`,
        `state    ${active}${since === null ? '' : ` since ${since}`}${pid === null ? '' : ` (pid ${pid})`}`,
        `at boot  ${enabled}`,
      ].join('\n'),
    )
    return { path, ...state }
  }
}
