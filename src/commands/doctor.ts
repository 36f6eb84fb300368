import { configFlag, DaemonCommand, EXIT_CODES, renderFinding } from '../client/index.js'
import type { Finding } from '../daemon/index.js'

interface Examined {
  /** True where nothing fails; warnings are no failure. */
  readonly ok: boolean
  readonly findings: readonly Finding[]
}

export default class Doctor extends DaemonCommand {
  static audience = 'providers'
  static override summary =
    'Look at everything that a daemon with these settings needs, and say what to do about what is wrong.'
  static override description = `Settings, native code, data_dir and the modes of secret files, certificates, ports, the service, the clock, the chain, what is registered and published, and where payments are kept: a line each, ok, warn or fail, with the cure.
Safe beside a daemon that runs: it writes nothing, takes nothing, and knows that daemon's ports as its own. Exit code 0: nothing fails; 8: something does.
With --json: {ok, findings: [{check, level, message, cure?}]}.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> -c /etc/snetd/snetd.config.json',
  ]

  static override flags = { config: configFlag }

  override async run(): Promise<Examined> {
    const { flags } = await this.parse(Doctor)
    const { findSettings } = await import('../settings/index.js')
    const { examine } = await import('../daemon/index.js')
    const found = await findSettings({ file: flags.config, env: process.env, flags: {}, cwd: process.cwd() })
    const findings: Finding[] = []
    for await (const finding of examine(found)) {
      findings.push(finding)
      this.log(renderFinding(finding))
    }
    const count = (level: Finding['level']): number => findings.filter((finding) => finding.level === level).length
    const isOk = count('fail') === 0
    if (!isOk) process.exitCode = EXIT_CODES['check-failed']
    this.log(`\n${count('ok')} ok, ${count('warn')} to look at, ${count('fail')} to cure`)
    return { ok: isOk, findings }
  }
}
