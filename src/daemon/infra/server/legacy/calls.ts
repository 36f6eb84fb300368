import { randomBytes } from 'node:crypto'
import { SnetError } from '../../../../shared/errors.js'
import type { LegacyMethods } from '../../../../shared/wire/index.js'
import { encodeInvite, type InviteFormat } from '../../berty/index.js'
import type { InfraControl } from '../../contract/control.js'
import type { TestType } from '../../contract/records.js'
import { BOUNDS, DEFAULT_DRAIN_MS } from '../../limits.js'
import { requireName, requireWithin } from '../requests.js'
import { isProcessRunning } from './processes.js'

export interface LegacyDeps {
  readonly control: InfraControl
  /** How CreateInvite answers. */
  readonly inviteFormat: InviteFormat
  /** Where to look for processes; tests use another place. */
  readonly proc?: string
}

/** The answers to all calls, of messages as proto/ declares them. */
export type LegacyCalls = {
  readonly [Method in keyof LegacyMethods]: (
    request: LegacyMethods[Method][0],
    signal: AbortSignal,
  ) => LegacyMethods[Method][1] | Promise<LegacyMethods[Method][1]>
}

/** An int64 0 is not sent: no key is key 0. */
const keyOf = ({ testN = '0' }: { readonly testN?: string }): string => requireName('testN', testN)
const groupOf = ({ groupName = '' }: { readonly groupName?: string }): string => requireName('groupName', groupName)
/** An empty reply; false and 0 are not written either, as in any proto3 message. */
const NOTHING = {}

/** Every call of the older control daemon's generations, with what each meant to do (berty 2). */
export function legacyCalls({ control, inviteFormat, proc }: LegacyDeps): LegacyCalls {
  const { peer, groups, tests, reliability } = control
  return {
    TestConnection: () => ({ success: true }),

    ConnectToPeer: async ({ host = '', port = '' }, signal) => {
      await peer.connect({ host, port }, signal)
      return NOTHING
    },

    TestConnectionToPeer: async ({ tries = '0', host = '', port = '' }, signal) => {
      const attempts = Math.max(1, requireWithin('tries', tries, BOUNDS.tries))
      await peer.probe({ host, port }, { tries: attempts, signal })
      return { success: true }
    },

    IsProcessRunning: async () =>
      peer.state.state === 'connected' || (await isProcessRunning(proc)) ? { running: true } : NOTHING,

    UploadLogs: async ({ folder = '', name = '' }, signal) => {
      const { count, links } = await control.uploadLogs({ folder, name }, signal)
      return { ...(count > 0 && { uploadCount: String(count) }), link: links }
    },

    AddReliability: ({ timeout = '0', odds = '0' }) => {
      reliability.set({
        timeoutSeconds: requireWithin('timeout', timeout, BOUNDS.timeoutSeconds),
        odds: requireWithin('odds', odds, BOUNDS.odds),
      })
      return NOTHING
    },

    CreateInvite: async (request, signal) => {
      const { invite } = await groups.create(groupOf(request), { reuse: false, signal })
      const bytes = encodeInvite(invite, inviteFormat)
      if (bytes.length === 0) throw new SnetError('bug', 'created invite was of type nil, something else went wrong')
      return { invite: bytes }
    },

    JoinGroup: async (request, signal) => {
      await groups.join(groupOf(request), request.invite ?? new Uint8Array(), signal)
      return NOTHING
    },

    StartReceiveMessage: async (request) => {
      await groups.startReceiving(groupOf(request))
      return NOTHING
    },

    StopReceiveMessage: async (request) => {
      await groups.stopReceiving(groupOf(request))
      return NOTHING
    },

    AddReplication: async (request, signal) => {
      await groups.addReplication(groupOf(request), request.tokenIp ?? '', signal)
      return NOTHING
    },

    NewTest: async (request) => {
      const { type = '', size = '0', interval = '0', amount = '0' } = request
      const group = groupOf(request)
      await tests.define(group, keyOf(request), {
        type: typeOf(type),
        size: requireWithin('size', size, BOUNDS.size),
        // The older daemon allowed no pause at all; the shortest pause comes nearest to it.
        intervalMs: requireWithin('interval', interval, BOUNDS.intervalSeconds) * 1000 || 1,
        amount: requireWithin('amount', amount, BOUNDS.amount),
        seed: randomBytes(8).toString('hex'),
        mediaAsText: false,
        drainMs: DEFAULT_DRAIN_MS,
      })
      return NOTHING
    },

    /** `duration` is a number of messages, and counts before the plan's own amount. */
    StartTest: async (request) => {
      const group = groupOf(request)
      const test = keyOf(request)
      const duration = requireWithin('duration', request.duration ?? '0', BOUNDS.amount)
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
    StopTest: async (request) => {
      if (request.groupName === '' && request.testN === undefined) await tests.stop({})
      else {
        const group = groupOf(request)
        groups.get(group)
        await tests.stop({ group, test: keyOf(request) })
      }
      return NOTHING
    },

    IsTestRunning: async (request) => {
      const group = groupOf(request)
      groups.get(group)
      const [found] = tests.list({ group, test: keyOf(request) })
      if (!found) throw new SnetError('not-found', 'test does not exist')
      return found.isRunning ? { testIsRunning: true } : NOTHING
    },
  }
}

function typeOf(type: string): TestType {
  if (type === 'text' || type === 'media') return type
  throw new SnetError('invalid-request', `type has to be text or media, not "${type.slice(0, 40)}"`)
}
