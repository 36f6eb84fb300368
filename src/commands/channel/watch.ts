import { Args } from '@oclif/core'
import {
  byNumbers,
  type ChannelChange,
  changesOf,
  createLiveDisplay,
  DaemonCommand,
  daemonFlags,
  follow,
  giveUpFlag,
  keptChannelView,
  keptClaimView,
  type KeptState,
  nothingConfigured,
  parseChannel,
  renderChange,
  resolveControlSocket,
  stopOnSignals,
  type WatchDisplay,
} from '../../client/index.js'
import { pause } from '../../shared/clock.js'
import { SnetError } from '../../shared/errors.js'
import type { ControlClient } from '../../shared/wire/grpc/index.js'

const TIMEOUT_MS = 30_000
const EVERY_MS = 1_000
/** A daemon that has much to tell is left alone for so many times as long as it took. */
const REST = 20

export default class ChannelWatch extends DaemonCommand {
  static audience = 'providers'
  static override summary = 'Follow the channels of your daemon: what is signed, claims, funds and when they expire.'
  static override description = `Asks the daemon of this host each second, over the socket in its data directory, and waits for one that is started again. Needs no key.
On a terminal, shows a table that is drawn again in place; elsewhere a line for each change, with --json as an object. Ctrl-C ends it.`

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> 12 17 --data-dir /var/lib/snetd --json',
  ]

  static override args = {
    channel: Args.string({
      description: 'Numbers of channels; all by default.',
      multiple: true,
      ignoreStdin: true,
    }),
  }

  static override flags = { ...daemonFlags, 'give-up': giveUpFlag }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(ChannelWatch)
    const wanted = (args.channel ?? []).map((text) => String(parseChannel('CHANNEL', text)))
    using stop = stopOnSignals()
    const socket = await resolveControlSocket(flags, {
      env: process.env,
      cwd: process.cwd(),
      onNothing: () => this.warn(nothingConfigured(this.config.bin)),
    })
    const display = this.#display()
    const { signal } = stop
    const outages = { onAway: ({ message }: Error) => display.away(message), onBack: () => display.back() }
    let before: KeptState | undefined
    for await (const now of follow(() => states(socket, wanted, signal), {
      ...{ signal, giveUp: flags['give-up'] },
      ...outages,
    })) {
      display.show(now, changesOf(before, now))
      before = now
    }
  }

  #display(): WatchDisplay {
    if (process.stdout.isTTY && !this.jsonEnabled()) return createLiveDisplay(process.stdout)
    return {
      show: (_now, changes) => changes.forEach((change) => this.#tell(change)),
      away: (why) => void this.warn(`the daemon is away, waiting for it: ${why}`),
      back: () => void this.warn('the daemon is back'),
    }
  }

  #tell(change: ChannelChange): void {
    if (this.jsonEnabled()) this.logJson({ time: new Date().toISOString(), ...change })
    else this.log(renderChange(change))
  }
}

/** What the daemon keeps, again and again until the signal. Errors: as `connectControl`. */
async function* states(socket: string, wanted: readonly string[], signal: AbortSignal): AsyncGenerator<KeptState> {
  const { connectControl } = await import('../../shared/wire/grpc/index.js')
  using control = connectControl(socket, TIMEOUT_MS, signal)
  while (!signal.aborted) {
    const began = performance.now()
    const state = await readState(control, wanted).catch(unlessAborted(signal))
    const rest = Math.max(EVERY_MS, REST * (performance.now() - began))
    if (!state) return
    yield state
    await pause(rest, signal)
  }
}

const unlessAborted =
  (signal: AbortSignal) =>
  (fault: unknown): undefined => {
    if (!signal.aborted) throw fault
  }

/** A daemon that starts or stops has no store open, and is waited for as one that is away. */
const unlessItStarts =
  (control: ControlClient) =>
  async (fault: unknown): Promise<never> => {
    if (!(fault instanceof SnetError) || fault.kind !== 'wrong-state') throw fault
    const { gate } = await control.getStatus()
    if (gate?.unpaid) throw fault
    throw new SnetError('unavailable', fault.message, { hint: fault.hint, cause: fault })
  }

async function readState(control: ControlClient, wanted: readonly string[]): Promise<KeptState> {
  const asked = wanted.length === 0 ? [{}] : wanted.map((channel) => ({ channel }))
  const [answers, { claims = [], more = false }, { gate }] = await Promise.all([
    Promise.all(asked.map((request) => control.listChannels(request))),
    control.listClaims(),
    control.getStatus(),
  ]).catch(unlessItStarts(control))
  if (more || answers.some((answer) => answer.more)) {
    throw new SnetError('invalid-request', 'the daemon keeps more than one answer holds', {
      hint: 'Name the channels to follow.',
    })
  }
  return {
    channels: answers.flatMap(({ channels = [] }) => channels.map(keptChannelView)).sort(byNumbers),
    claims: claims
      .map(keptClaimView)
      .filter(({ channel }) => wanted.length === 0 || wanted.includes(channel))
      .sort(byNumbers),
    block: gate?.block === undefined ? undefined : BigInt(gate.block),
  }
}
