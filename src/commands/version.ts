import { DaemonCommand } from '../client/index.js'
import { packageVersion, readBuild } from '../shared/package.js'

export default class Version extends DaemonCommand {
  static override summary = 'Show the version, when it was built, and from which revision.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> --version']

  override async run() {
    await this.parse(Version)
    const { builtOn, revision } = readBuild()
    const version = `v${packageVersion()}`
    // Scripts read these three lines of the reference daemon.
    this.log(`version tag: ${version}\nbuilt on: ${builtOn}\nsha1 revision: ${revision}`)
    return { version, built_on: builtOn, revision }
  }
}
