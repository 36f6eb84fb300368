import type { Socket } from 'node:net'
import { Server, ServerCredentials, type handleUnaryCall } from '@grpc/grpc-js'
import { answerUnary, loadControlService, type StatusMessage } from '../../shared/wire/index.js'
import type { Log } from '../observability/index.js'
import type { FreeCallUsers } from '../payments/index.js'
import { freeCallControl } from './free-call-control.js'
import { type StatusView, toStatus } from './status-view.js'

export interface ControlDeps {
  /** Hands over each connection to the control socket. */
  readonly onConnection: (serve: (socket: Socket) => void) => void
  readonly status: () => Promise<StatusView>
  /** Undefined while there are none: before the gate is open, and where calls are not paid. */
  readonly freeCallUsers: () => FreeCallUsers | undefined
  readonly log: Log
}

/** Answers the command line of this host, over the socket in the data directory. */
export function openControl({ onConnection, status, freeCallUsers, log }: ControlDeps): AsyncDisposable {
  const server = new Server()
  const getStatus: handleUnaryCall<object, StatusMessage> = (_call, reply) =>
    answerUnary(status().then(toStatus), reply, 'GetStatus', log)
  server.addService(loadControlService().service, {
    GetStatus: getStatus,
    ...freeCallControl(freeCallUsers, log),
  })
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure())
  onConnection((socket) => injector.injectConnection(socket))
  return {
    async [Symbol.asyncDispose]() {
      onConnection((socket) => socket.destroy())
      server.forceShutdown()
    },
  }
}
