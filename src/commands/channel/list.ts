import {
  byNumbers,
  channelLines,
  daemonFlags,
  KeptCommand,
  type KeptChannelView,
  keptChannelView,
  linesFlag,
  renderKeptChannels,
} from '../../client/index.js'

interface ChannelListView {
  readonly channels: readonly KeptChannelView[]
  /** There are more than one answer holds. */
  readonly more: boolean
}

export default class ChannelList extends KeptCommand {
  static audience = 'providers'
  static override summary = 'Show the channels that your daemon was paid on, and what is signed on each.'
  static override description = `Asks the daemon of this host over the socket in its data directory; while none runs, what it left there is read. Needs no key.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --data-dir /var/lib/snetd --json',
  ]

  static override flags = { ...daemonFlags, lines: linesFlag }

  override async run(): Promise<ChannelListView> {
    const { flags } = await this.parse(ChannelList)
    const { channels = [], more = false } = await this.atKept(flags, (place) => place.listChannels({}))
    const views = channels.map(keptChannelView).sort(byNumbers)
    const lines = flags.lines ? channelLines(channels) : ''
    this.log(lines === '' ? renderKeptChannels(views) : lines)
    if (more) this.logToStderr(`There are more than these ${views.length}; "channel show" finds each.`)
    return { channels: views, more }
  }

  protected override async openStored(dataDir: string) {
    return await (await import('../../daemon/index.js')).openStoredPayments(dataDir)
  }
}
