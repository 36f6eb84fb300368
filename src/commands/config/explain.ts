import { Flags } from '@oclif/core'
import { configFlag, DaemonCommand, nothingConfigured, renderSettings } from '../../client/index.js'

export default class ConfigExplain extends DaemonCommand {
  static override summary = 'Show settings: value, where it comes from, default and effect.'
  static override description = `Shows what differs from the defaults, by chapter; settings that are wrong come first. Secrets are hidden.
With --json: every setting, an array of {section, key, value, origin, default, effect, problem?}.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    `<%= config.bin %> <%= command.id %> --json | jq '.[] | select(.origin != "default" and .origin != "unset")'`,
  ]

  static override flags = { config: configFlag, all: Flags.boolean({ summary: 'Show every setting.' }) }

  override async run() {
    const { flags } = await this.parse(ConfigExplain)
    const { explain, findSettings } = await import('../../settings/index.js')
    const found = await findSettings({ file: flags.config, env: process.env, flags: {}, cwd: process.cwd() })
    if (found.isBare) this.warn(nothingConfigured(this.config.bin))
    const rows = explain(found)
    const shown = rows.filter(
      ({ value, default: fallback, problem }) =>
        flags.all || problem !== undefined || JSON.stringify(value) !== JSON.stringify(fallback),
    )
    if (shown.length > 0) this.log(renderSettings(shown, { width: process.stdout.columns || Infinity }))
    else this.log('All settings have their defaults; use --all to show them.')
    for (const warning of found.warnings) this.warn(warning)
    return rows
  }
}
