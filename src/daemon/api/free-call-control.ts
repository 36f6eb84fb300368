import type { handleServerStreamingCall, handleUnaryCall } from '@grpc/grpc-js'
import { SnetError } from '../../shared/errors.js'
import { type FreeCallUserEntry, type FreeCallUserReply, type FreeCallUserRequest } from '../../shared/wire/index.js'
import { answerUnary, statusOfFailure } from '../../shared/wire/grpc/index.js'
import type { Log } from '../observability/index.js'
import type { FreeCallUsers } from '../payments/index.js'
import { listFreeCallUsers, resetFreeCallUser, unlockFreeCallUser } from './free-call-users.js'
import { sendAll } from './send-all.js'

/** What the command line asks of free calls. */
export function freeCallControl(usersNow: () => FreeCallUsers | undefined, log: Log) {
  const users = (): FreeCallUsers => {
    const there = usersNow()
    if (there) return there
    throw new SnetError('wrong-state', 'this daemon keeps no free calls', {
      hint: 'It is still starting, or calls are not paid here: snetd status tells.',
    })
  }
  const ListFreeCallUsers: handleServerStreamingCall<object, FreeCallUserEntry> = (call) => {
    const sending = async () => await sendAll(call, listFreeCallUsers(users()))
    sending().catch((thrown: unknown) => {
      call.emit('error', statusOfFailure(thrown, 'ListFreeCallUsers', log))
    })
  }
  const UnlockFreeCallUser: handleUnaryCall<FreeCallUserRequest, FreeCallUserReply> = ({ request }, reply) => {
    const unlocking = async () => await unlockFreeCallUser(users(), request)
    answerUnary(unlocking(), reply, 'UnlockFreeCallUser', log)
  }
  const ResetFreeCallUser: handleUnaryCall<FreeCallUserRequest, FreeCallUserReply> = ({ request }, reply) => {
    const resetting = async () => await resetFreeCallUser(users(), request)
    answerUnary(resetting(), reply, 'ResetFreeCallUser', log)
  }
  return { ListFreeCallUsers, UnlockFreeCallUser, ResetFreeCallUser }
}
