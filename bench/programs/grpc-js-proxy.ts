/** What a proxy of grpc-js costs that does nothing else: each call is made again at the service, and no message is decoded. */
import type { Readable, Writable } from 'node:stream'
import {
  Client,
  credentials,
  type handleBidiStreamingCall,
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceError,
  type StatusObject,
} from '@grpc/grpc-js'
import { METHODS } from '../measure/methods.js'

const asIs = (bytes: Buffer): Buffer => bytes
const PLENTY = { 'grpc.max_concurrent_streams': 1_000, 'grpc.max_receive_message_length': 4 * 1024 * 1024 }
const service = new Client(process.argv[2] ?? '', credentials.createInsecure(), PLENTY)

const toStatus = ({ code, details, metadata }: ServiceError): StatusObject => ({ code, details, metadata })

/** What one writes asks for texts too, which nobody here has: the types of streams do not know that. */
const pass = (from: Readable, to: object): void => void from.pipe(to as Writable)

const unary =
  (path: string): handleUnaryCall<Buffer, Buffer> =>
  ({ request, metadata }, answer) => {
    service.makeUnaryRequest(path, asIs, asIs, request, metadata, (error, message) => answer(error, message))
  }

const collecting =
  (path: string): handleClientStreamingCall<Buffer, Buffer> =>
  (call, answer) => {
    pass(
      call,
      service.makeClientStreamRequest(path, asIs, asIs, call.metadata, (error, message) => answer(error, message)),
    )
  }

const answering =
  (path: string): handleServerStreamingCall<Buffer, Buffer> =>
  (call) => {
    const asked = service.makeServerStreamRequest(path, asIs, asIs, call.request, call.metadata)
    pass(
      asked.on('error', (error: ServiceError) => call.emit('error', toStatus(error))),
      call,
    )
  }

const talking =
  (path: string): handleBidiStreamingCall<Buffer, Buffer> =>
  (call) => {
    const asked = service.makeBidiStreamRequest(path, asIs, asIs, call.metadata)
    pass(
      asked.on('error', (error: ServiceError) => call.emit('error', toStatus(error))),
      call,
    )
    pass(call, asked)
  }

const server = new Server(PLENTY)
for (const { path, asksOnce, answersOnce } of METHODS) {
  if (asksOnce && answersOnce) server.register(path, unary(path), asIs, asIs, 'unary')
  else if (answersOnce) server.register(path, collecting(path), asIs, asIs, 'clientStream')
  else if (asksOnce) server.register(path, answering(path), asIs, asIs, 'serverStream')
  else server.register(path, talking(path), asIs, asIs, 'bidi')
}
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (fault, port) => {
  if (fault) throw fault
  process.stdout.write(`ready endpoint=127.0.0.1:${port}\n`)
})
