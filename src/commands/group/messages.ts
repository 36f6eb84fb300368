import { Flags } from '@oclif/core'
import {
  FleetCommand,
  followMessages,
  groupArg,
  knownGroup,
  messageLine,
  messageView,
  type MessageView,
} from '../../client/fleet/index.js'
import { giveUpFlag } from '../../client/index.js'

export default class GroupMessages extends FleetCommand {
  static override summary = 'Show the messages that hosts have received in a group.'
  static override description = `With --follow, also shows those to come until Ctrl-C, and waits for a daemon that goes away. With --follow --json, prints one line {peer, result} per message.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> chat --limit 20',
    '<%= config.bin %> <%= command.id %> chat --follow',
  ]

  static override args = {
    name: groupArg,
  }

  static override flags = {
    limit: Flags.integer({ summary: 'How many of the newest to show; 0 for all.', default: 100, min: 0 }),
    follow: Flags.boolean({ char: 'f', summary: 'Keep showing new messages.' }),
    'give-up': giveUpFlag,
  }

  override async run() {
    const { args, flags } = await this.parse(GroupMessages)
    using fleet = await this.openPeers(flags)
    const group = await knownGroup(fleet, args.name)
    if (flags.follow) {
      await this.watchEach(fleet, async (peer, signal) => {
        const options = { ...this.outageNotes(peer), group, limit: flags.limit, signal, giveUp: flags['give-up'] }
        for await (const message of followMessages(peer, options)) {
          const result = messageView(message)
          if (this.jsonEnabled()) this.logJson({ peer: peer.name, result })
          else this.log(messageLine(peer.name, result))
        }
      })
      return undefined
    }
    const { signal } = new AbortController()
    const request = { group, limit: String(flags.limit) }
    return await this.onEach(
      fleet,
      async (peer) => {
        const messages: MessageView[] = []
        for await (const message of peer.client.stream('ListMessages', request, { signal }))
          messages.push(messageView(message))
        return messages
      },
      (answers) => answers.flatMap(({ peer, result }) => result.map((one) => messageLine(peer, one))).join('\n'),
    )
  }
}
