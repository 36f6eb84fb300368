import {
  channelArg,
  daemonFlags,
  KeptCommand,
  type KeptChannelView,
  keptChannelView,
  parseChannel,
  renderKeptChannel,
} from '../../client/index.js'
import { SnetError } from '../../shared/errors.js'

export default class ChannelShow extends KeptCommand {
  static audience = 'providers'
  static override summary = 'Show what your daemon keeps of a channel, and who keeps it busy, since when.'
  static override description = `Asks the daemon of this host over the socket in its data directory; while none runs, what it left there is read. Needs no key.
Exit code 6: nothing is kept of it, and nobody holds it.`

  static override examples = ['<%= config.bin %> <%= command.id %> 12']

  static override args = channelArg

  static override flags = daemonFlags

  override async run(): Promise<KeptChannelView> {
    const { args, flags } = await this.parse(ChannelShow)
    const channel = String(parseChannel('CHANNEL', args.channel))
    const { channels: [found] = [] } = await this.atKept(flags, (place) => place.listChannels({ channel }))
    if (!found) {
      throw new SnetError('not-found', `Channel {ID: ${channel}} not found`, {
        hint: 'Nothing is kept of it, and nobody holds it. "channel list" shows all.',
      })
    }
    const view = keptChannelView(found)
    this.log(renderKeptChannel(view))
    return view
  }

  protected override async openStored(dataDir: string) {
    return await (await import('../../daemon/index.js')).openStoredPayments(dataDir)
  }
}
