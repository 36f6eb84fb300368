import type { BertyMethod, BertyService } from '../../shared/wire/grpc/index.js'
import type { Account } from './account.js'
import type { CallFailure } from './errors.js'
import type { GrpcCall } from './grpc-call.js'
import type { Handler } from './grpc-server.js'

/** What the services of one peer need of it. */
export interface PeerContext {
  readonly account: Account
  /** Whether the process of these services still exists, even if it hangs. */
  readonly isAlive: boolean
  /** Resolves at once, or as soon as a hanging process goes on. */
  whenRunning(): Promise<void>
  /** The error that a test has set for the next call of this method, if there is one. */
  takeFault(method: string): CallFailure | undefined
}

export type Request = Readonly<Record<string, unknown>>

export const bytesIn = (request: Request, field: string): Uint8Array | undefined =>
  request[field] instanceof Uint8Array ? request[field] : undefined
export const textIn = (request: Request, field: string): string =>
  typeof request[field] === 'string' ? request[field] : ''
export const flagIn = (request: Request, field: string): boolean => request[field] === true

export interface MethodKit {
  /** Adds a method that answers soon. */
  read(name: string, answer: (request: Request) => object | Promise<object>): void
  /** Adds a method that takes a time of its own for each call, and makes its change in the middle of that time. */
  change(name: string, answer: (request: Request) => object | Promise<object>): void
  /** The same for a send, which also has to wait for its turn among all sends of this Berty. */
  send(name: string, answer: (request: Request) => object): void
  stream(name: string, serve: (request: Request, call: GrpcCall, raw: Buffer) => Promise<void>): void
  upload(name: string, serve: (messages: AsyncIterable<Request>) => Promise<object>): void
}

/** Collects the handlers of one service under the paths of its methods. */
export function methodKit(service: BertyService, context: PeerContext, into: Map<string, Handler>): MethodKit {
  const add = (name: string, serve: (method: BertyMethod, call: GrpcCall) => Promise<void>): void => {
    const method = service[name]
    if (!method) throw new Error(`the proto files declare no method ${name}`)
    into.set(method.path, async (call) => {
      await context.whenRunning()
      const fault = context.takeFault(name)
      if (fault) throw fault
      await serve(method, call)
    })
  }
  const { core } = context.account
  const unary = (name: string, answer: (request: Request) => object | Promise<object>, takesTime: boolean): void =>
    add(name, async (method, call) => {
      const raw = await onlyMessage(call)
      const ms = takesTime ? core.random.between(core.settings.replyMs) / 2 : 0
      if (takesTime) await core.timers.pause(ms, call.signal)
      await context.whenRunning()
      if (!context.isAlive) return
      const reply = await answer(method.requestDeserialize(raw) as Request)
      if (takesTime) await core.timers.pause(ms, call.signal)
      await context.whenRunning()
      call.end(method.responseSerialize(reply))
    })
  return {
    read: (name, answer) => unary(name, answer, false),
    change: (name, answer) => unary(name, answer, true),
    send: (name, answer) =>
      add(name, async (method, call) => {
        const request = method.requestDeserialize(await onlyMessage(call)) as Request
        await context.account.host.load.turn()
        // Some sends are stored even though their caller has gone (berty 3.7, under load).
        if (!context.isAlive || (call.signal.aborted && core.random.chance(0.5))) return
        const reply = answer(request)
        await core.timers.pause(core.random.between(core.settings.replyMs) / 2, call.signal)
        await context.whenRunning()
        call.end(method.responseSerialize(reply))
      }),
    stream: (name, serve) =>
      add(name, async (method, call) => {
        const raw = await onlyMessage(call)
        await serve(method.requestDeserialize(raw) as Request, call, raw)
      }),
    upload: (name, serve) =>
      add(name, async (method, call) => {
        const reply = await serve(decode(method, call))
        call.end(method.responseSerialize(reply))
      }),
  }
}

/** Reads until the client has ended its side, and returns the first message. */
async function onlyMessage(call: GrpcCall): Promise<Buffer> {
  let only: Buffer | undefined
  for await (const message of call.messages()) only ??= message
  return only ?? Buffer.alloc(0)
}

async function* decode(method: BertyMethod, call: GrpcCall): AsyncGenerator<Request> {
  for await (const message of call.messages()) yield method.requestDeserialize(message) as Request
}
