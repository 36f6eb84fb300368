import { follow, giveUpFlag } from '../../client/index.js'
import {
  FleetCommand,
  fleetFlagWords,
  knownGroup,
  LiveTests,
  nextStep,
  optionalGroupArg,
  optionalTestArg,
  testLine,
  testView,
  type TestView,
} from '../../client/fleet/index.js'

export default class TestWatch extends FleetCommand {
  static override summary = 'Follow the tests of each host until all are done.'
  static override description = `On a terminal, shows one line per host with its rate and the time left; elsewhere one line per step, with --json as {peer, result}. Waits for a daemon that goes away. Ctrl-C ends the watching, not the tests.`

  static override examples = ['<%= config.bin %> <%= command.id %> chat 0 --inventory hosts.yaml']

  static override args = {
    group: optionalGroupArg,
    test: optionalTestArg,
  }

  static override flags = {
    'give-up': giveUpFlag,
  }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(TestWatch)
    using fleet = await this.openPeers(flags)
    const group = args.group === undefined ? '' : await knownGroup(fleet, args.group)
    const request = { group, test: args.test ?? '' }
    const isLive = !this.jsonEnabled() && process.stdout.isTTY && fleet.peers.length < process.stdout.rows
    const live = isLive ? new LiveTests(fleet.peers.map(({ name }) => name)) : undefined
    const last = new Map<string, readonly TestView[]>()
    await this.watchEach(fleet, async (peer, signal) => {
      const open = () => peer.client.stream('WatchTests', request, { signal })
      const outages = live?.outages(peer.name) ?? this.outageNotes(peer)
      for await (const { tests = [] } of follow(open, { signal, giveUp: flags['give-up'], ...outages })) {
        const result = tests.map(testView)
        last.set(peer.name, result)
        if (live) live.update(peer.name, result)
        else if (this.jsonEnabled()) this.logJson({ peer: peer.name, result })
        else for (const test of result) this.log(testLine(peer.name, test))
        if (result.every(({ state }) => state === 'done' || state === 'planned')) return
      }
    })
    if (live) this.log(nextStep([...last.values()].flat(), { program: this.config.bin, hosts: fleetFlagWords(flags) }))
  }
}
