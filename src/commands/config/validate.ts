import { configFlag, DaemonCommand } from '../../client/index.js'

interface Valid {
  readonly valid: true
  readonly file: string | null
  readonly warnings: readonly string[]
}

export default class ConfigValidate extends DaemonCommand {
  static override summary = 'Check the settings without starting anything.'
  static override description = `Reads file and variables as "serve" does, and the certificate files that they name. Opens no port, writes nothing, asks no network.
Every problem is shown at once, with its key, where it comes from, and the cure; the exit code is then 2.`

  static override examples = ['<%= config.bin %> <%= command.id %> -c snetd.config.json']

  static override flags = { config: configFlag }

  override async run(): Promise<Valid> {
    const { flags } = await this.parse(ConfigValidate)
    const { loadConfig } = await import('../../settings/index.js')
    const { file, warnings } = await loadConfig({ file: flags.config, env: process.env, flags: {}, cwd: process.cwd() })
    for (const warning of warnings) this.logToStderr(`Warning: ${warning}`)
    this.log(`${file ?? 'These settings (no config file)'}: no problems found`)
    return { valid: true, file: file ?? null, warnings }
  }
}
