import type { Socket } from 'node:net'
import { Server, ServerCredentials, type handleUnaryCall } from '@grpc/grpc-js'
import { SnetError } from '../../shared/errors.js'
import { type KeptStore, loadControlService, type StatusMessage } from '../../shared/wire/index.js'
import { answerUnary } from '../../shared/wire/grpc/index.js'
import type { Log } from '../observability/index.js'
import type { FreeCallUsers } from '../payments/index.js'
import { freeCallControl } from './free-call-control.js'
import { type Kept, listChannels, listClaims, unlockChannel } from './kept-view.js'
import { type StatusView, toStatus } from './status-view.js'
import { storageControl } from './storage-control.js'

/** What a daemon tells and does for the command line of its host. */
export interface ControlDeps {
  readonly status: () => Promise<StatusView>
  /** Undefined while there are none: before the gate is open, and where calls are not paid. */
  readonly freeCallUsers: () => FreeCallUsers | undefined
  /** What is kept of payments; undefined while no store is open. */
  readonly kept: () => Kept | undefined
  /** The store as a whole; undefined while none is open. */
  readonly store: () => KeptStore | undefined
  readonly log: Log
}

export interface ControlServer extends Disposable {
  serve(socket: Socket): void
}

/** Answers over the connections that it is given. */
export function createControlServer({ status, freeCallUsers, kept, store, log }: ControlDeps): ControlServer {
  const server = new Server()
  const getStatus: handleUnaryCall<object, StatusMessage> = (_call, reply) =>
    answerUnary(status().then(toStatus), reply, 'GetStatus', log)
  const ofKept =
    <Request>(
      method: string,
      answer: (kept: Kept, request: Request) => Promise<object>,
    ): handleUnaryCall<Request, object> =>
    ({ request }, reply) =>
      answerUnary(
        answerOf(kept(), (open) => answer(open, request)),
        reply,
        method,
        log,
      )
  server.addService(loadControlService().service, {
    GetStatus: getStatus,
    ListChannels: ofKept('ListChannels', listChannels),
    ListClaims: ofKept('ListClaims', listClaims),
    UnlockChannel: ofKept('UnlockChannel', unlockChannel),
    ...freeCallControl(freeCallUsers, log),
    ...storageControl(store, log),
  })
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure())
  return {
    serve: (socket) => injector.injectConnection(socket),
    [Symbol.dispose]: () => server.forceShutdown(),
  }
}

async function answerOf(kept: Kept | undefined, answer: (kept: Kept) => Promise<object>): Promise<object> {
  if (kept) return await answer(kept)
  throw new SnetError('wrong-state', 'the daemon has no payment store open', {
    hint: 'It starts or stops, or serves without payment: `snetd status` tells.',
  })
}
