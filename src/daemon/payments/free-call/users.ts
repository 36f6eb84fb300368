import { SnetError } from '../../../shared/errors.js'
import type { Address } from '../../../shared/units.js'
import type { FreeCallCount, FreeCallUser } from '../ports.js'
import type { FreeCallDeps } from './deps.js'
import { countKey, userText } from './quota.js'

export interface FreeCallUsersDeps extends Pick<FreeCallDeps, 'counts' | 'holds'> {
  /** Where it is not known which service this store is of, users of any are meant. */
  readonly of: Omit<FreeCallDeps['of'], 'service'> & { readonly service: string | undefined }
  readonly toAddress: (text: string) => Address
}

/** A user as somebody types him: the address in any spelling. */
export interface NamedUser {
  readonly address: string
  readonly userId: string
}

/** What the provider sees of free calls, and may undo. Texts: snet-behaviour 10. */
export interface FreeCallUsers {
  list(): AsyncIterable<FreeCallCount & { readonly busy: boolean }>
  /** Ends a call under way; what is answered names the user. Errors: `channel-busy` without force, `not-found`. */
  unlock(user: NamedUser, how: { readonly force: boolean }): Promise<string>
  /** Forgets the calls that were made; what is answered names the user. Error: `not-found`. */
  reset(user: NamedUser): Promise<string>
}

export const createFreeCallUsers = (deps: FreeCallUsersDeps): FreeCallUsers => ({
  list: () => list(deps),
  unlock: (user, how) => unlock(deps, toUser(deps, user), how),
  reset: (user) => reset(deps, toUser(deps, user)),
})

const toUser = ({ toAddress }: FreeCallUsersDeps, { address, userId }: NamedUser): FreeCallUser => ({
  address: toAddress(address),
  userId,
})

async function* list({ counts, holds }: FreeCallUsersDeps): AsyncGenerator<FreeCallCount & { readonly busy: boolean }> {
  for await (const [key, count] of counts.list()) yield { ...count, busy: await holds.isHeld(key) }
}

async function unlock(deps: FreeCallUsersDeps, user: FreeCallUser, { force }: { force: boolean }): Promise<string> {
  const { holds, of } = deps
  const name = userText({ ...of, service: of.service ?? ANY_SERVICE }, user)
  const key = of.service === undefined ? undefined : countKey({ service: of.service }, user)
  if (key === undefined || !(await holds.isHeld(key)))
    throw new SnetError('not-found', `Free Call lock for user ${name} is not found`, {
      hint: 'Nothing has to be done: a call that ended, also with its daemon, locks nobody.',
    })
  if (!force)
    throw new SnetError('channel-busy', `a free call of user ${name} is under way`, {
      hint: 'It ends by itself. --force cuts it off, and it counts nothing.',
    })
  await holds.end(key, new SnetError('cancelled', 'the provider ended this call'))
  return name
}

async function reset(deps: FreeCallUsersDeps, user: FreeCallUser): Promise<string> {
  const { counts, of } = deps
  for (const service of of.service === undefined ? await servicesOf(deps, user) : [of.service]) {
    const wasKept = await counts.change(countKey({ service }, user), (now) => ({
      value: undefined,
      result: now !== undefined,
    }))
    if (wasKept) return userText({ ...of, service }, user)
  }
  throw new SnetError(
    'not-found',
    `Free Call user ${userText({ ...of, service: of.service ?? ANY_SERVICE }, user)} is not found`,
    { hint: 'snetd freecall list shows who made free calls.' },
  )
}

const ANY_SERVICE = '*'

async function servicesOf({ counts }: FreeCallUsersDeps, user: FreeCallUser): Promise<string[]> {
  const services: string[] = []
  for await (const [, count] of counts.list())
    if (count.address === user.address && count.userId === user.userId) services.push(count.service)
  return services
}
