import { Flags, type Interfaces } from '@oclif/core'
import {
  DaemonCommand,
  daemonSignals,
  endInAnyCase,
  nothingConfigured,
  withGoBooleans,
  writeOutOrFail,
} from '../client/index.js'

// A flag for each key of the schema; the daemon itself is loaded when it runs.
const { configTable } = await import('../settings/index.js')

const settings = configTable().flatMap(({ flag, ...row }) => (flag ? [{ ...row, flag }] : []))
const booleans = settings.filter(({ type }) => type === 'true or false').map(({ flag }) => flag)

type ValueFlag = Interfaces.OptionFlag<string | undefined>

const settingFlags: Record<string, ValueFlag> = Object.fromEntries(
  settings.map(({ flag, doc, type, section, isInert, default: fallback }) => [
    flag.name,
    Flags.string({
      summary: fallback === 'required' ? `${doc} Required.` : doc,
      helpValue: `<${type}>`,
      helpGroup: section.toUpperCase(),
      // Files and scripts of other daemons may still set it.
      hidden: isInert,
      ...(flag.char !== undefined && { char: flag.char as 'a' }),
      ...(fallback && fallback !== 'required' && { defaultHelp: async () => fallback.replace(/^"(.*)"$/, '$1') }),
    }),
  ]),
)

/** Flags that have no effect in the reference daemon; scripts may still pass them. */
const IGNORED: readonly { readonly name: string; readonly char?: string }[] = [
  { name: 'port', char: 'p' },
  ...['mnemonic', 'wallet-index', 'db-path', 'service-type', 'wire-encoding', 'poll-sleep', 'ethereum-endpoint'].map(
    (name) => ({ name }),
  ),
]
const ignoredFlags: Record<string, ValueFlag> = Object.fromEntries(
  IGNORED.map(({ name, char }) => [
    name,
    Flags.string({ hidden: true, summary: 'No effect.', ...(char !== undefined && { char: char as 'a' }) }),
  ]),
)

export default class Serve extends DaemonCommand {
  static override summary = 'Run the payment gate in front of a service, the control daemon beside a Berty, or both.'
  static override description = `Reads snetd.config.json (or YAML, TOML) in the current directory, or the file named with -c.
A flag beats a variable SNET_<KEY>, which beats the file. One line goes to stdout when clients can connect; the log goes to stderr.
Waits up to startup_timeout for a node, metadata host or store that does not answer yet.
SIGTERM, SIGINT or SIGQUIT takes no more calls after shutdown_delay, and gives
those in flight drain_timeout; a further one shortens that. SIGHUP on a
terminal is one of them; elsewhere it has the settings read again.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> -c /etc/snetd/snetd.config.json --daemon-endpoint 0.0.0.0:7000',
  ]

  static override outlivesStdout = true

  /** The flags that short help shows; the others are meant for the config file. */
  static commonFlags = [
    ...['config', 'organization-id', 'service-id', 'daemon-group-name', 'service-endpoint', 'daemon-endpoint'],
    ...['blockchain-network-selected', 'ethereum-json-rpc-http-endpoint', 'payment-channel-storage-type'],
    ...['data-dir', 'ssl-cert', 'ssl-key'],
  ]

  static override flags = {
    config: Flags.string({ char: 'c', summary: 'Config file.', helpValue: 'FILE' }),
    ...settingFlags,
    ...ignoredFlags,
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Serve, withGoBooleans(this.argv, booleans))
    const { findSettings, requireValid } = await import('../settings/index.js')
    const { runDaemon } = await import('../daemon/index.js')
    const given = flags as Record<string, string | undefined>
    const found = await findSettings({
      file: flags.config,
      env: process.env,
      flags: Object.fromEntries(settings.map(({ key, flag }) => [key, given[flag.name]])),
      cwd: process.cwd(),
    })
    if (found.isBare) throw nothingConfigured(this.config.bin)
    if (found.problems.length > 0) for (const warning of found.warnings) this.warn(warning)
    const loaded = requireValid(found)
    const ignored = IGNORED.filter(({ name }) => given[name] !== undefined).map(({ name }) => `--${name} has no effect`)
    using signals = daemonSignals()
    await runDaemon(
      { ...loaded, warnings: [...loaded.warnings, ...ignored] },
      signals,
      ({ endpoint, infra, metrics }) => {
        const places = Object.entries({ endpoint, infra, metrics }).flatMap(([name, at]) =>
          at ? [`${name}=${at}`] : [],
        )
        return writeOutOrFail(`ready ${places.join(' ')}\n`)
      },
    )
    endInAnyCase()
  }
}
