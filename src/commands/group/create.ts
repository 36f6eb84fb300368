import { Args, Flags } from '@oclif/core'
import { FleetCommand, formatOf, inviteFormat, inviteLines, inviteView } from '../../client/fleet/index.js'

export default class GroupCreate extends FleetCommand {
  static override summary = 'Make a group on a host, and an invite for the others.'
  static override description = `The invite holds the group’s secret: whoever has it can join and read.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> chat',
    '<%= config.bin %> <%= command.id %> chat --json | jq -r .invite | <%= config.bin %> group join chat --invite - --host peer2',
  ]

  static override args = {
    name: Args.string({ description: 'Group, by its name on these hosts.', required: true, ignoreStdin: true }),
  }

  static override flags = {
    reuse: Flags.boolean({ summary: 'Where the group is there already, give its invite.' }),
    format: inviteFormat,
  }

  override async run() {
    const { args, flags } = await this.parse(GroupCreate)
    using fleet = await this.openPeers(flags)
    const request = { name: args.name, reuse: flags.reuse, ...formatOf(flags) }
    return await this.onEach(fleet, async (peer) => inviteView(await peer.call('CreateGroup', request)), inviteLines)
  }
}
