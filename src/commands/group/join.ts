import { Flags } from '@oclif/core'
import { FleetCommand, groupTable, groupView, asLists, newGroupArg, readInvite } from '../../client/fleet/index.js'

export default class GroupJoin extends FleetCommand {
  static override summary = 'Join a group by an invite.'

  static override examples = ['<%= config.bin %> <%= command.id %> chat --invite @invite --host peer2 --host peer3']

  static override args = {
    name: newGroupArg,
  }

  static override flags = {
    invite: Flags.string({
      summary: 'Invite as "group create" prints it, a link, @FILE, or - for stdin.',
      required: true,
      helpValue: 'INVITE',
    }),
  }

  override async run() {
    const { args, flags } = await this.parse(GroupJoin)
    const invite = await readInvite(flags.invite, process.stdin)
    using fleet = await this.openPeers(flags)
    const request = { name: args.name, invite }
    return await this.onEach(
      fleet,
      async (peer) => groupView(await peer.call('JoinGroup', request)),
      (answers) => groupTable(asLists(answers)),
    )
  }
}
