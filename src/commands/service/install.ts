import { Flags } from '@oclif/core'
import { configFlag, DaemonCommand, EXIT_CODES, showError } from '../../client/index.js'
import {
  installUnit,
  type InstalledUnit,
  planUnit,
  readCredentialFlags,
  readServiceSettings,
} from '../../client/service/index.js'
import { SnetError } from '../../shared/errors.js'

export default class ServiceInstall extends DaemonCommand {
  static override summary = 'Install the daemon as a systemd service.'
  static override description = `Writes a unit that runs "serve -c FILE", says what is in it, and has systemd check it. Nothing is started.
The daemon runs as the owner of the config file, and may write to its data directory only. --user makes a unit of your own, for which no root is needed.`

  static override examples = [
    'sudo <%= config.bin %> <%= command.id %> -c /etc/snetd/snetd.config.json',
    'sudo <%= config.bin %> <%= command.id %> -c /etc/snetd/snetd.config.json --credential token_secret_key=/etc/snetd/token.secret',
    '<%= config.bin %> <%= command.id %> --user --print',
  ]

  static override flags = {
    config: configFlag,
    credential: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: 'File with the secret of a key, which systemd hands to the daemon; may be given several times.',
      helpValue: 'KEY=FILE',
    }),
    user: Flags.boolean({ summary: 'Install it for your own user, without root.' }),
    print: Flags.boolean({ summary: 'Show the unit and write nothing.' }),
    force: Flags.boolean({ summary: 'Replace a unit that is there already.' }),
  }

  override async run(): Promise<InstalledUnit> {
    const { flags } = await this.parse(ServiceInstall)
    const settings = await readServiceSettings(flags.config, process.cwd())
    const where = { env: process.env, cwd: process.cwd() }
    const credentials = await readCredentialFlags(flags.credential ?? [], where)
    const plan = await planUnit(settings, { isUser: flags.user, env: process.env, credentials })
    for (const warning of plan.warnings) this.warn(warning)
    if (flags.print) {
      this.log(plan.unit.trimEnd())
      return { path: plan.path, unit: plan.unit, written: false, verified: null, told: [], next: [] }
    }
    const installed = await installUnit(plan, { isForced: flags.force })
    this.log([`Wrote ${installed.path}:`, '', installed.unit].join('\n'))
    if (installed.verified === true) this.log('systemd has checked it: no faults.')
    if (installed.verified === false) this.#showFaults(installed.told)
    else for (const line of installed.told) this.warn(`not checked: ${line}`)
    this.log(['Next:', ...installed.next.map((line) => `  ${line}`)].join('\n'))
    return installed
  }

  #showFaults(faults: readonly string[]): void {
    showError(new SnetError('check-failed', faults.join('\n')), { isJson: this.jsonEnabled() })
    process.exitCode = EXIT_CODES['check-failed']
  }
}
