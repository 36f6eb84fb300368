import type { FreeCallUserEntry, FreeCallUserReply, FreeCallUserRequest } from '../../shared/wire/index.js'
import type { FreeCallUsers } from '../payments/index.js'

export async function* listFreeCallUsers(users: FreeCallUsers): AsyncGenerator<FreeCallUserEntry> {
  for await (const { address, userId, service, made, busy } of users.list())
    yield { address, user_id: userId, service, made: String(made), busy }
}

export async function unlockFreeCallUser(
  users: FreeCallUsers,
  { force = false, ...user }: FreeCallUserRequest,
): Promise<FreeCallUserReply> {
  return { user: await users.unlock(toUser(user), { force }) }
}

export const resetFreeCallUser = async (
  users: FreeCallUsers,
  request: FreeCallUserRequest,
): Promise<FreeCallUserReply> => ({ user: await users.reset(toUser(request)) })

const toUser = ({ address = '', user_id: userId = '' }: FreeCallUserRequest) => ({ address, userId })
