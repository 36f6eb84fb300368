import { Flags, type Interfaces } from '@oclif/core'
import { DaemonCommand, stopOnSignals } from '../client/index.js'

// A flag for each key of the schema; the daemon itself is loaded when it runs.
const { configTable } = await import('../daemon/index.js')

const flagOf = (key: string): string => key.replaceAll('_', '-')
const settings = configTable().filter(({ key }) => key !== 'log')

const settingFlags: Record<string, Interfaces.OptionFlag<string | undefined>> = Object.fromEntries(
  settings.map(({ key, doc, type, default: fallback }) => [
    flagOf(key),
    Flags.string({
      summary: doc,
      helpValue: `<${type}>`,
      helpGroup: 'SETTING',
      ...(fallback && { defaultHelp: async () => fallback }),
    }),
  ]),
)

export default class Serve extends DaemonCommand {
  static override summary = 'Run the payment gate in front of a service.'
  static override description = `Reads snetd.config.json (or YAML, TOML) in the current directory, or the file named with -c.
A flag beats a variable SNET_<KEY>, which beats the file. One line goes to stdout when clients can connect; the log goes to stderr.
SIGTERM or SIGINT lets calls in flight finish for drain_timeout; a second one ends at once.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> -c /etc/snetd/snetd.config.json --daemon-endpoint 0.0.0.0:7000',
  ]

  static override outlivesReader = true

  static override flags = {
    config: Flags.string({ char: 'c', summary: 'Config file.', helpValue: 'FILE' }),
    ...settingFlags,
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Serve)
    const { loadConfig, runDaemon } = await import('../daemon/index.js')
    const given = settings.map(({ key }) => [key, (flags as Record<string, string | undefined>)[flagOf(key)]])
    const loaded = await loadConfig({
      file: flags.config,
      env: process.env,
      flags: Object.fromEntries(given) as Record<string, unknown>,
      cwd: process.cwd(),
    })
    using stop = stopOnSignals()
    await runDaemon(loaded, stop.signal, ({ endpoint }) => process.stdout.write(`ready endpoint=${endpoint}\n`))
  }
}
