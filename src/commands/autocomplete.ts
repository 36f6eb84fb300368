import { basename } from 'node:path'
import { Args } from '@oclif/core'
import { DaemonCommand } from '../client/index.js'
import { bashScript, fishScript, toCompletions, zshScript } from '../client/completion/index.js'
import { toManifest } from '../client/help/index.js'

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript }
const SHELLS = Object.keys(SCRIPTS) as (keyof typeof SCRIPTS)[]

export default class Autocomplete extends DaemonCommand {
  static override summary = 'Print a completion script for your shell.'
  static override description = `bash: source <(<%= config.bin %> <%= command.id %> bash), in ~/.bashrc.
zsh: source <(<%= config.bin %> <%= command.id %> zsh), in ~/.zshrc.
fish: <%= config.bin %> <%= command.id %> fish > ~/.config/fish/completions/<%= config.bin %>.fish.
Groups, tests and runs are those of the hosts that the command line names; they are asked when you press Tab.`

  static override examples = ['source <(<%= config.bin %> <%= command.id %> bash)']

  static override args = {
    shell: Args.option({
      description: 'Shell; by default the one in the variable SHELL.',
      options: SHELLS,
      ignoreStdin: true,
    })(),
  }

  override async run(): Promise<{ shell: string; script: string }> {
    const { args } = await this.parse(Autocomplete)
    const own = basename(process.env['SHELL'] ?? '')
    const shell = args.shell ?? SHELLS.find((name) => name === own) ?? 'bash'
    const { commands, pjson, bin } = this.config
    const script = SCRIPTS[shell](bin, toCompletions(toManifest(commands, pjson.oclif.topics ?? {})))
    this.log(script.trimEnd())
    return { shell, script }
  }
}
