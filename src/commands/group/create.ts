import { Flags } from '@oclif/core'
import { FleetCommand, formatOf, inviteFormat, isAway, newGroupArg, shareGroup } from '../../client/fleet/index.js'

export default class GroupCreate extends FleetCommand {
  static override summary = 'Create one group of these hosts and print its invite.'
  static override description = `One of the hosts makes the group, the one with the oldest Berty: members of an older generation never get ready in a group that a newer one made. The others join it. Run again, it prints the same invite and adds the hosts that are missing. Exit code 5: a host has another group of that name; 3: one is away.

The invite contains the group’s secret: whoever has it can join and read. On a pipe, stdout gets the invite alone.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> chat --inventory hosts.yaml',
    '<%= config.bin %> <%= command.id %> chat > invite; <%= config.bin %> group join chat --invite @invite --host peer2',
    '<%= config.bin %> <%= command.id %> chat --json | jq -r .invite | <%= config.bin %> group join chat --invite - --host peer2',
  ]

  static override args = {
    name: newGroupArg,
  }

  static override flags = {
    format: inviteFormat,
    'allow-missing': Flags.boolean({
      summary: 'Create it on the hosts that answer; without it, no group is created while one is away.',
    }),
  }

  override async run() {
    const { args, flags } = await this.parse(GroupCreate)
    const { 'allow-missing': allowMissing } = flags
    using fleet = await this.openPeers(flags)
    const { invite, outcomes, trouble } = await shareGroup(fleet, args.name, { ...formatOf(flags), allowMissing })
    const [only] = outcomes
    if (outcomes.length === 1 && only && !only.ok) throw only.error
    const shown = outcomes.flatMap((one) => (one.ok ? [`${one.peer}: ${SHARED[one.result.share]} ${args.name}`] : []))
    if (trouble) this.warn(`${trouble.message}. ${trouble.hint}`)
    this.log(this.inviteText([invite], shown))
    return {
      group: args.name,
      ...{ invite: invite.invite, internal_url: invite.internal_url, web_url: invite.web_url },
      peers: this.failuresShown(outcomes, (one) => allowMissing && isAway(one)).map((one) =>
        one.ok ? { peer: one.peer, ok: true, [one.result.share]: true } : one,
      ),
    }
  }
}

const SHARED = { made: 'made', joined: 'joined', there: 'is already in' } as const
