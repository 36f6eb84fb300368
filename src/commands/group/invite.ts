import {
  FleetCommand,
  formatOf,
  groupArg,
  inviteFormat,
  inviteNotes,
  inviteView,
  knownGroup,
} from '../../client/fleet/index.js'

export default class GroupInvite extends FleetCommand {
  static override summary = 'Show the invite of a group that a host is in.'
  static override description = `The invite contains the group’s secret: whoever has it can join and read. On a pipe, stdout gets the invite alone.`

  static override examples = ['<%= config.bin %> <%= command.id %> chat --format url']

  static override args = {
    name: groupArg,
  }

  static override flags = {
    format: inviteFormat,
  }

  override async run() {
    const { args, flags } = await this.parse(GroupInvite)
    using fleet = await this.openPeers(flags)
    const request = { name: await knownGroup(fleet, args.name), ...formatOf(flags) }
    return await this.onEach(
      fleet,
      async (peer) => inviteView(await peer.call('GetInvite', request)),
      (answers) =>
        this.inviteText(
          answers.map(({ result }) => result),
          inviteNotes(answers),
        ),
    )
  }
}
