import { randomBytes } from 'node:crypto'
import { SnetError } from '../../../../shared/errors.js'
import { encodeInvite, type InviteFormat } from '../../berty/index.js'
import type { InfraControl } from '../../contract/control.js'
import type { TestType } from '../../contract/records.js'
import { BOUNDS, DEFAULT_DRAIN_MS } from '../../limits.js'
import { requireName, requireWithin } from '../requests.js'
import { isProcessRunning } from './processes.js'
import type { NewTestRequest, StartTestRequest, TestRequest } from './test-requests.js'

export interface LegacyDeps {
  readonly control: InfraControl
  /** How CreateInvite answers. */
  readonly inviteFormat: InviteFormat
  /** Another place to look for processes, in tests. */
  readonly proc?: string
}

interface GroupRequest {
  readonly groupName?: string
}

/** An int64 0 is not sent: no key is key 0. */
const keyOf = ({ test = '0' }: TestRequest): string => requireName('testN', test)
const groupOf = ({ groupName = '' }: GroupRequest): string => requireName('groupName', groupName)
/** An empty reply; false and 0 are not written either, as in any proto3 message. */
const NOTHING = {}

/** Every call of the older control daemon's generations, with what each meant to do (berty 2). */
export function legacyCalls({ control, inviteFormat, proc }: LegacyDeps) {
  const { peer, groups, tests, reliability } = control
  return {
    TestConnection: () => ({ success: true }),

    ConnectToPeer: async ({ host = '', port = '' }: { host?: string; port?: string }, signal: AbortSignal) => {
      await peer.connect({ host, port }, signal)
      return NOTHING
    },

    TestConnectionToPeer: async (
      { tries = '0', host = '', port = '' }: { tries?: string; host?: string; port?: string },
      signal: AbortSignal,
    ) => {
      const attempts = Math.max(1, requireWithin('tries', tries, BOUNDS.tries))
      await peer.probe({ host, port }, { tries: attempts, signal })
      return { success: true }
    },

    IsProcessRunning: async () =>
      peer.state.state === 'connected' || (await isProcessRunning(proc)) ? { running: true } : NOTHING,

    UploadLogs: async ({ folder = '', name = '' }: { folder?: string; name?: string }, signal: AbortSignal) => {
      const { count, links } = await control.uploadLogs({ folder, name }, signal)
      return { ...(count > 0 && { uploadCount: String(count) }), link: links }
    },

    AddReliability: ({ timeout = '0', odds = '0' }: { timeout?: string; odds?: string }) => {
      reliability.set({
        timeoutSeconds: requireWithin('timeout', timeout, BOUNDS.timeoutSeconds),
        odds: requireWithin('odds', odds, BOUNDS.odds),
      })
      return NOTHING
    },

    CreateInvite: async (request: GroupRequest, signal: AbortSignal) => {
      const { invite } = await groups.create(groupOf(request), { reuse: false, signal })
      const bytes = encodeInvite(invite, inviteFormat)
      if (bytes.length === 0) throw new SnetError('bug', 'created invite was of type nil, something else went wrong')
      return { invite: bytes }
    },

    JoinGroup: async (request: GroupRequest & { invite?: Uint8Array }, signal: AbortSignal) => {
      await groups.join(groupOf(request), request.invite ?? new Uint8Array(), signal)
      return NOTHING
    },

    StartReceiveMessage: async (request: GroupRequest) => {
      await groups.startReceiving(groupOf(request))
      return NOTHING
    },

    StopReceiveMessage: async (request: GroupRequest) => {
      await groups.stopReceiving(groupOf(request))
      return NOTHING
    },

    AddReplication: async (request: GroupRequest & { tokenIp?: string }, signal: AbortSignal) => {
      await groups.addReplication(groupOf(request), request.tokenIp ?? '', signal)
      return NOTHING
    },

    NewTest: async (request: NewTestRequest) => {
      const group = groupOf(request)
      await tests.define(group, keyOf(request), {
        type: typeOf(request.type),
        size: requireWithin('size', request.size, BOUNDS.size),
        // No pause at all was possible there; the shortest is what comes nearest.
        intervalMs: requireWithin('interval', request.interval, BOUNDS.intervalSeconds) * 1000 || 1,
        amount: requireWithin('amount', request.amount, BOUNDS.amount),
        seed: randomBytes(8).toString('hex'),
        mediaAsText: false,
        drainMs: DEFAULT_DRAIN_MS,
      })
      return NOTHING
    },

    /** `duration` is a number of messages, and counts before the plan's own amount. */
    StartTest: async (request: StartTestRequest) => {
      const group = groupOf(request)
      const test = keyOf(request)
      const duration = requireWithin('duration', request.duration, BOUNDS.amount)
      groups.get(group)
      const [planned] = tests.list({ group, test })
      if (planned && duration === 0 && planned.plan.amount === 0)
        throw new SnetError('invalid-request', `amount has to be from 1 to ${BOUNDS.amount.max}, not 0`, {
          hint: 'Neither NewTest nor StartTest said how many messages to send.',
        })
      await tests.start(group, test, duration > 0 ? { amount: duration } : {})
      return NOTHING
    },

    /** Group and key: that test. Group alone: key 0. Neither: all, as the older controller asks. */
    StopTest: async (request: TestRequest) => {
      if (request.groupName === '' && request.test === undefined) await tests.stop({})
      else {
        const group = groupOf(request)
        groups.get(group)
        await tests.stop({ group, test: keyOf(request) })
      }
      return NOTHING
    },

    IsTestRunning: async (request: TestRequest) => {
      const group = groupOf(request)
      groups.get(group)
      const [found] = tests.list({ group, test: keyOf(request) })
      if (!found) throw new SnetError('not-found', 'test does not exist')
      return found.isRunning ? { testIsRunning: true } : NOTHING
    },
  }
}

export type LegacyCalls = ReturnType<typeof legacyCalls>

function typeOf(type: string): TestType {
  if (type === 'text' || type === 'media') return type
  throw new SnetError('invalid-request', `type has to be text or media, not "${type.slice(0, 40)}"`)
}
