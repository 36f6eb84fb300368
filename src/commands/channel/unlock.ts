import { Flags } from '@oclif/core'
import { channelArg, daemonFlags, type HoldView, holdView, KeptCommand, parseChannel } from '../../client/index.js'

interface Unlocked {
  readonly channel: string
  /** What was ended; null where nobody held it. */
  readonly ended: HoldView | null
}

export default class ChannelUnlock extends KeptCommand {
  static audience = 'providers'
  static override summary = 'End the call that holds a channel, so that its client can make another.'
  static override description = `Seldom needed: a channel is free as soon as its call has ended, however it did, also with its daemon. "channel --unlock CHANNEL" means the same.
Exit code 5: a call holds it, and --force was not given; 6: nothing is kept of it, and nobody holds it.`

  static override examples = ['<%= config.bin %> <%= command.id %> 12 --force']

  static override args = channelArg

  static override flags = {
    ...daemonFlags,
    force: Flags.boolean({ summary: 'Cut off a call that is under way; it costs its client nothing.', default: false }),
  }

  override async run(): Promise<Unlocked> {
    const { args, flags } = await this.parse(ChannelUnlock)
    const channel = String(parseChannel('CHANNEL', args.channel))
    const request = { channel, force: flags.force }
    const { ended } = await this.atKept(flags, (place) => place.unlockChannel(request))
    this.log(`Success: Channel {ID: ${channel}} unlocked`)
    if (!ended) this.logToStderr('Nobody held it.')
    return { channel, ended: ended ? holdView(ended) : null }
  }

  protected override async openStored(dataDir: string) {
    return await (await import('../../daemon/index.js')).openStoredPayments(dataDir)
  }
}
