import { prefixError, SnetError } from '../../../shared/errors.js'
import { cogs } from '../../../shared/units.js'
import { NOT_ALLOWED, RESTRICTED } from '../not-allowed.js'
import type { FreeCallUser, Hold } from '../ports.js'
import type { PaidCall, Reservation } from '../reservation.js'
import type { FreeCallDeps } from './deps.js'
import { countKey, isSpent, quotaOf, userText } from './quota.js'
import { requireUserId } from './user-id.js'
import { type FreeCallProof, verifyUse } from './verify-use.js'

const EXPIRED_HINT = 'Sign the number of the newest block, and ask GetFreeCallToken for a token when this one is old.'

/**
 * Takes one free call of a user, if he has one left. A user makes one at a time, as a channel carries one payment at a
 * time: nobody else can count it meanwhile, and one that failed or died with its daemon was never counted.
 */
export async function reserveFreeCall(deps: FreeCallDeps, proof: FreeCallProof, call: PaidCall): Promise<Reservation> {
  const user = await provenUser(deps, proof)
  const judging = call.onPayer?.(user.address)
  if (judging) await judging
  call.cancelled.throwIfAborted()
  const hold = await takeUser(deps, user)
  try {
    await requireQuota(deps, user, hold)
    return reservationOf(deps, user, hold)
  } catch (refusal) {
    await hold[Symbol.asyncDispose]()
    throw refusal
  }
}

async function provenUser(deps: FreeCallDeps, proof: FreeCallProof): Promise<FreeCallUser> {
  requireUserId(proof.userId)
  const verdict = await verifyUse(deps, proof).catch((fault: unknown) => {
    throw fault instanceof SnetError && fault.kind === 'invalid-request' ? prefixError('invalid token: ', fault) : fault
  })
  if (!verdict.ok && verdict.fault === 'expired')
    throw new SnetError('forbidden', `internal error: ${verdict.text}`, { hint: EXPIRED_HINT })
  if (!verdict.ok)
    throw new SnetError('payment-rejected', verdict.text, {
      hint: 'Ask GetFreeCallToken for a token, and sign the call with the key of the same address.',
    })
  if (deps.mayPay?.(verdict.user.address) ?? true) return verdict.user
  throw new SnetError('forbidden', `internal error: ${NOT_ALLOWED}`, { hint: `${RESTRICTED}.` })
}

async function takeUser({ holds, counts, of }: FreeCallDeps, user: FreeCallUser): Promise<Hold> {
  const hold = await holds.take(countKey(of, user), counts).catch((cause: unknown) => {
    throw storageFault(`cannot get mutex for user: ${userText(of, user)}`, cause)
  })
  if (hold) return hold
  throw new SnetError('channel-busy', `another transaction on this user: ${userText(of, user)} is in progress`, {
    hint: 'A user makes one free call at a time; call again when the other one has ended.',
  })
}

async function requireQuota(deps: FreeCallDeps, user: FreeCallUser, hold: Hold): Promise<void> {
  const count = await deps.counts.read(countKey(deps.of, user), hold).catch((cause: unknown) => {
    throw storageFault('payment freeCallUserData error', cause)
  })
  const [made, quota] = [count?.made ?? 0n, quotaOf(deps, user.address)]
  if (!isSpent(quota, made)) return
  const text = `free call limit has been exceeded, calls made = ${made}, total free calls eligible = ${quota}`
  throw new SnetError('forbidden', `internal error: ${text}`, {
    details: { made: String(made), quota: String(quota) },
    hint: 'Pay for further calls.',
  })
}

function reservationOf({ counts, of }: FreeCallDeps, user: FreeCallUser, hold: Hold): Reservation {
  const key = countKey(of, user)
  let counting: Promise<void> | undefined
  return {
    payer: user.address,
    income: cogs(0n),
    lost: hold.lost,
    async commit() {
      if (counting) throw new SnetError('bug', 'a free call is counted once')
      hold.lost.throwIfAborted()
      counting = counts
        .change(
          key,
          (now) => ({ value: { ...user, service: of.service, made: (now?.made ?? 0n) + 1n }, result: undefined }),
          hold,
        )
        .catch((cause: unknown) => {
          throw storageFault('unable to store new transaction free call user state', cause)
        })
      await counting
    },
    async [Symbol.asyncDispose]() {
      // Until it is known what was counted nobody else may count.
      await counting?.catch(() => undefined)
      await hold[Symbol.asyncDispose]()
    },
  }
}

/** A store that is closed, or another daemon's, says so itself. */
const storageFault = (text: string, cause: unknown): unknown =>
  cause instanceof SnetError && cause.kind === 'unavailable' ? cause : new SnetError('storage-failed', text, { cause })
