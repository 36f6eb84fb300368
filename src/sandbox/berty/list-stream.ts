import { onAbort } from '../../shared/abort.js'
import type { Account } from './account.js'
import type { Subscriber } from './bus.js'
import type { Entry } from './entry.js'
import { bertyError, unknownGroup } from './errors.js'
import type { GrpcCall } from './grpc-call.js'
import { bytesIn, type PeerContext, flagIn, type Request } from './handler-kit.js'
import { scanFields } from './wire-scan.js'

const INVALID_INPUT = 100
const NOT_OPEN = 1302
/** So many events may wait for the reader of one stream before it stops the other streams of its group. */
const MOST_WAITING = 12

interface Bounds {
  readonly since: Uint8Array | undefined
  readonly sinceNow: boolean
  readonly until: Uint8Array | undefined
  readonly untilNow: boolean
  readonly isReversed: boolean
}

/** GroupMessageList and GroupMetadataList (berty 3.2). */
export async function serveList(
  list: Entry['list'],
  { account }: PeerContext,
  { request, raw, call }: { request: Request; raw: Buffer; call: GrpcCall },
): Promise<void> {
  const replica = account.requireOpen(bytesIn(request, 'group_pk'))
  const bounds = boundsOf(request, raw, account.host.traits.emptyIsSet)
  const { core } = account
  const isLive = !bounds.untilNow && !bounds.until
  const stream = new LiveStream(call, () => endOrphan(call, account))
  // Subscribes first, so that events which come while the history is read are seen twice, not missed.
  const unsubscribe = isLive ? replica.buses[list].subscribe(stream) : () => undefined
  stream.onRoom = () => replica.buses[list].flow()
  onAbort(call.signal, unsubscribe)
  try {
    if (!bounds.sinceNow) await sendHistory({ list, account, call }, () => replica[list].cut(bounds))
  } catch (thrown) {
    unsubscribe()
    throw thrown
  }
  if (bounds.untilNow) return call.end()
  if (isLive && !bounds.sinceNow)
    for (const entry of replica[list].newest(core.settings.seamDuplicates)) stream.receive(entry)
  stream.start()
}

/** Takes time for each entry, so that a longer list takes longer. */
async function sendHistory(
  { list, account, call }: { list: Entry['list']; account: Account; call: GrpcCall },
  read: () => readonly Entry[],
): Promise<void> {
  const { core, host } = account
  await core.timers.pause(host.load.firstEntryMs(list), call.signal)
  let owedMs = 0
  for (const entry of read()) {
    if (call.signal.aborted) return
    owedMs += host.load.entryMs()
    // Timers take whole milliseconds only.
    if (owedMs >= 1) {
      const before = performance.now()
      await core.timers.pause(owedMs, call.signal)
      owedMs -= performance.now() - before
    }
    if (!call.send(entry.frame)) await call.drained()
  }
}

function endOrphan(call: GrpcCall, { host, random }: Account): void {
  if (host.traits.endsDeadStreams && random.chance(0.5)) call.fail(unknownGroup(NOT_OPEN, host.traits))
}

function boundsOf(request: Request, raw: Buffer, emptyIsSet: boolean): Bounds {
  const present = scanFields(raw)
  const set = (field: string, number: number): Uint8Array | undefined => {
    const value = bytesIn(request, field) ?? Buffer.alloc(0)
    return value.length > 0 || (emptyIsSet && present?.has(number)) ? value : undefined
  }
  const bounds: Bounds = {
    since: set('since_id', 2),
    sinceNow: flagIn(request, 'since_now'),
    until: set('until_id', 4),
    untilNow: flagIn(request, 'until_now'),
    isReversed: flagIn(request, 'reverse_order'),
  }
  const refuse = (why: string): never => {
    throw bertyError([INVALID_INPUT], why)
  }
  if (bounds.since && bounds.sinceNow) refuse('since_id and since_now exclude each other')
  if (bounds.until && bounds.untilNow) refuse('until_id and until_now exclude each other')
  if (bounds.sinceNow && bounds.untilNow) refuse('since_now and until_now exclude each other')
  if (bounds.isReversed && !bounds.until && !bounds.untilNow) refuse('reverse_order needs an upper bound')
  return bounds
}

/** Live events of one stream. Those that come while the history is being sent wait until it is sent. */
class LiveStream implements Subscriber {
  readonly #waiting: Entry[] = []
  #isStarted = false
  #isDraining = false
  onRoom: () => void = () => undefined

  constructor(
    private readonly call: GrpcCall,
    readonly orphaned: () => void,
  ) {}

  get hasRoom(): boolean {
    return this.#waiting.length < MOST_WAITING
  }

  receive(entry: Entry): void {
    this.#waiting.push(entry)
    this.#write()
  }

  start(): void {
    this.#isStarted = true
    this.#write()
    this.onRoom()
  }

  #write(): void {
    if (!this.#isStarted || this.#isDraining) return
    for (let entry = this.#waiting.shift(); entry; entry = this.#waiting.shift())
      if (!this.call.send(entry.frame)) {
        this.#isDraining = true
        return this.call.onceDrained(() => this.#resume())
      }
  }

  #resume(): void {
    this.#isDraining = false
    this.#write()
    this.onRoom()
  }
}
