import type { Berty, BertyDetails, InviteContent } from '../../src/daemon/infra/contract/berty.js'
import { parseInvite } from '../../src/daemon/infra/berty/index.js'
import type {
  GroupStatus,
  InfraControl,
  PeerState,
  ReliabilityStatus,
  StartOptions,
  TestStatus,
} from '../../src/daemon/infra/contract/control.js'
import { type PublicKey, publicKey } from '../../src/daemon/infra/contract/keys.js'
import { alreadyInGroup, notInGroup } from '../../src/daemon/infra/groups/names.js'
import { testInProgress, unknownTest } from '../../src/daemon/infra/runs/states.js'
import { SnetError } from '../../src/shared/errors.js'
import { aGroupInvite } from './group-invite.js'

const FAKE_DETAILS: BertyDetails = {
  account: publicKey(Buffer.alloc(32, 1)),
  device: publicKey(Buffer.alloc(32, 2)),
  peerId: '12D3KooWFake',
  listeners: ['/ip4/127.0.0.1/tcp/10101', '/p2p-circuit'],
  era: 'E',
  version: 'v2.471.2',
  hasMedia: false,
}

/** The facade in memory, with the errors that its contract promises; everything asked of it is kept in `asked`. */
export class FakeInfraControl {
  readonly asked: [string, ...unknown[]][] = []
  readonly #groups = new Map<string, { view: GroupStatus; invite: InviteContent }>()
  readonly #tests = new Map<string, TestStatus>()
  readonly listeners = new Set<() => void>()
  peerState: PeerState = { state: 'absent', endpoint: '127.0.0.1:9091', reason: 'it has not answered yet' }
  reliabilityView: ReliabilityStatus = { timeoutSeconds: 0, odds: 0, seed: '', outages: [] }

  /** Changes what somebody watches, and tells. */
  change(test: TestStatus): void {
    this.#tests.set(keyOf(test.group, test.test), test)
    this.tell()
  }

  tell(): void {
    for (const listener of [...this.listeners]) listener()
  }

  readonly #onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  #group(name: string): { view: GroupStatus; invite: InviteContent } {
    const group = this.#groups.get(name)
    if (!group) throw notInGroup(name)
    return group
  }

  #receiving(name: string, isReceiving: boolean): GroupStatus {
    const group = this.#group(name)
    const view = { ...group.view, isReceiving }
    this.#groups.set(name, { ...group, view })
    return view
  }

  #add(name: string, invite: InviteContent): { group: GroupStatus; invite: InviteContent } {
    if (this.#groups.has(name)) throw alreadyInGroup(name)
    const view = aGroupView(name, invite.publicKey)
    this.#groups.set(name, { view, invite })
    return { group: view, invite }
  }

  readonly control: InfraControl = {
    peer: this.#peer(),
    groups: {
      create: async (name, { reuse }) => {
        const known = this.#groups.get(name)
        if (known && reuse) return { group: known.view, invite: known.invite }
        return this.#add(name, aGroupInvite(name))
      },
      join: async (name, bytes) => this.#add(name, parseInvite(bytes)).group,
      invite: (name) => this.#group(name).invite,
      leave: async (name) => {
        const { view } = this.#group(name)
        this.#groups.delete(name)
        return view
      },
      list: () => [...this.#groups.values()].map(({ view }) => view),
      get: (name) => this.#group(name).view,
      startReceiving: async (name) => this.#receiving(name, true),
      stopReceiving: async (name) => this.#receiving(name, false),
      messages: (name, options) => this.#messages(name, options),
      onChange: this.#onChange,
      newestLive: undefined,
      addReplication: async (name, server) => {
        this.asked.push(['addReplication', name, server])
        throw new SnetError('wrong-state', 'ErrServiceReplicationServer(#4101): received empty target in Build()')
      },
    },
    tests: {
      define: async (group, test, plan) => {
        this.#group(group)
        if (this.#tests.get(keyOf(group, test))?.isRunning) throw testInProgress({ group, test })
        const view: TestStatus = { ...PLANNED, group, test, plan }
        this.change(view)
        return view
      },
      start: async (group, test, options) => this.#start(group, test, options),
      stop: async (which) => {
        this.asked.push(['stop', which])
        const stopped = this.#list(which).filter(({ isRunning }) => isRunning)
        return stopped.map((view) => {
          const done: TestStatus = { ...view, isRunning: false, state: 'done', end: 'stopped' }
          this.change(done)
          return done
        })
      },
      list: (which) => this.#list(which),
      onChange: this.#onChange,
      runs: () => [],
      part: (run) => {
        if (run !== 'r1') throw new SnetError('not-found', `no run ${run ?? 'at all'} is known here`)
        return { run, startedAt: 1, endedAt: undefined, groups: [], tests: [], clocks: [] }
      },
      keepClocks: async (_run, clocks) => [...clocks],
      ledger: (run) => this.ledger(run),
    },
    reliability: this.#reliability(),
    uploadLogs: async (target) => {
      this.asked.push(['uploadLogs', target])
      return { count: 2, links: ['file:///logs/a', 'file:///logs/b'] }
    },
    reset: async () => ({ testsStopped: 1, groupsForgotten: 2, runsDeleted: 3 }),
  }

  listsBegun = 0
  listsEnded = 0
  /** Pages of the ledger that were asked for. */
  pagesRead = 0
  pagesClosed = 0
  pages = 3

  async *ledger(run: string): ReturnType<InfraControl['tests']['ledger']> {
    if (run !== 'r1') throw new SnetError('not-found', `no run ${run} is known here`)
    try {
      for (let page = 0; page < this.pages; page++) {
        this.pagesRead++
        const sent = Array.from({ length: 500 }, (_, at) => ({
          ...{ group: 'g', test: run, sequence: page * 500 + at, sentAt: 5, size: 9, outcome: 'sent' as const },
          ...{ epoch: 1, tookUs: 7 },
        }))
        yield { sent, received: [], acks: [] }
      }
    } finally {
      this.pagesClosed++
    }
  }

  async *#messages(
    name: string,
    { follow, signal }: { follow: boolean; signal: AbortSignal },
  ): ReturnType<InfraControl['groups']['messages']> {
    this.#group(name)
    this.listsBegun++
    if (follow) await new Promise((done) => signal.addEventListener('abort', done, { once: true }))
    this.listsEnded++
    yield* []
  }

  #start(group: string, test: string, options: StartOptions): TestStatus {
    this.asked.push(['start', group, test, options])
    this.#group(group)
    const found = this.#tests.get(keyOf(group, test))
    if (!found) throw unknownTest({ group, test })
    if (found.isRunning) throw testInProgress({ group, test })
    const started: TestStatus = { ...found, isRunning: true, state: 'running', run: options.run ?? 'r1' }
    this.change(started)
    return started
  }

  #list({ group, test }: { group?: string; test?: string }): TestStatus[] {
    return [...this.#tests.values()].filter(
      (view) => (group === undefined || view.group === group) && (test === undefined || view.test === test),
    )
  }

  #peer(): InfraControl['peer'] {
    const stateNow = (): PeerState => this.peerState
    return {
      get state() {
        return stateNow()
      },
      reading: { lists: { count: 0, events: 0, ms: 0 }, unread: 0 },
      onChange: (listener) => this.#onChange(() => listener(this.peerState)),
      connect: async ({ host, port }) => {
        if (host !== 'localhost') throw new SnetError('forbidden', `a Berty at ${host} is not allowed`)
        this.peerState = { state: 'connected', endpoint: `${host}:${port}`, details: FAKE_DETAILS }
        this.tell()
        return this.peerState
      },
      probe: async (address, { tries }) => {
        this.asked.push(['probe', address, tries])
        return FAKE_DETAILS
      },
      current: () => {
        if (this.peerState.state === 'connected') return { connectedPeers: async () => 4 } as unknown as Berty
        throw new SnetError('wrong-state', 'not connected to a Berty yet')
      },
      [Symbol.asyncDispose]: async () => undefined,
    }
  }

  #reliability(): InfraControl['reliability'] {
    const viewNow = (): ReliabilityStatus => this.reliabilityView
    return {
      get view() {
        return viewNow()
      },
      set: (pair) => {
        this.asked.push(['reliability', pair])
        this.reliabilityView = { ...pair, seed: pair.seed ?? '', outages: [] }
        return this.reliabilityView
      },
    }
  }
}

const keyOf = (group: string, test: string): string => `${group}\n${test}`

const aGroupView = (name: string, key: PublicKey): GroupStatus => ({
  ...{ name, publicKey: key, isActive: true, isReceiving: false, isMadeHere: true },
  members: [],
  messagesReceived: 0,
  acknowledgementsReceived: 0,
})

const PLANNED = {
  state: 'planned',
  isRunning: false,
  sent: 0,
  sendErrors: 0,
  sentUnknown: 0,
  acknowledged: 0,
} as const
