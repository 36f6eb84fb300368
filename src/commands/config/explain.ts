import { configFlag, DaemonCommand, renderTable } from '../../client/index.js'

export default class ConfigExplain extends DaemonCommand {
  static override summary = 'Show every setting: its value, where it comes from, its default and its effect.'
  static override description = `Settings that are wrong are shown with their problem. Secrets are hidden.
With --json: an array of {key, value, origin, default, effect, problem?}.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    `<%= config.bin %> <%= command.id %> --json | jq '.[] | select(.origin != "default" and .origin != "unset")'`,
  ]

  static override flags = { config: configFlag }

  override async run() {
    const { flags } = await this.parse(ConfigExplain)
    const { explain, findSettings } = await import('../../settings/index.js')
    const found = await findSettings({ file: flags.config, env: process.env, flags: {}, cwd: process.cwd() })
    const rows = explain(found)
    const cell = (value: unknown): string => (value === null ? '' : JSON.stringify(value))
    this.log(
      renderTable(
        ['key', 'value', 'origin', 'default', 'effect'],
        rows.map(({ key, value, origin, default: fallback, effect, problem }) => {
          return [key, cell(value), origin, cell(fallback), problem === undefined ? effect : `WRONG: ${problem}`]
        }),
      ),
    )
    for (const warning of found.warnings) this.logToStderr(`Warning: ${warning}`)
    return rows
  }
}
