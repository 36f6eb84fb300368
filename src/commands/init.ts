import { Flags } from '@oclif/core'
import { configFlag, DEFAULT_CONFIG_FILE, DaemonCommand } from '../client/index.js'

export default class Init extends DaemonCommand {
  static override summary = 'Write a first config file.'
  static override description = `Payments are kept on this host ("embedded") until you choose otherwise. Variables SNET_<KEY> that are set go into the file, secrets excepted.
Only you can read the file; one that is there already is never overwritten.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --full -c all.toml',
  ]

  static override flags = {
    config: configFlag,
    full: Flags.boolean({ summary: 'Write every key that has a default; `init-full` means the same.' }),
  }

  override async run(): Promise<{ file: string }> {
    const { flags } = await this.parse(Init)
    const { writeConfigFile } = await import('../settings/index.js')
    const wanted = { file: flags.config ?? DEFAULT_CONFIG_FILE, full: flags.full }
    const file = await writeConfigFile({ ...wanted, env: process.env, cwd: process.cwd() })
    this.log(`Writing ${flags.full ? 'full default' : 'basic'} configuration to the file: ${file}`)
    this.log(`Fill in what is in capitals, then: ${this.config.bin} config validate -c ${file}`)
    return { file }
  }
}
