import {
  type BidiHandler,
  type ClientStreamHandler,
  grpcStatus,
  loadService,
  type ServerStreamHandler,
  startGrpcServer,
  type UnaryHandler,
} from '../shared/wire/index.js'

interface Numbers {
  a?: number
  b?: number
}
interface Value {
  value?: number
}

export const CALCULATOR_PROTO = 'example_service/example_service.proto'

/** No stream of results is endless: a counting call ends after so many. */
const MAX_COUNT = 10_000

export interface Calculator extends AsyncDisposable {
  readonly port: number
  /** Calls answered so far. */
  readonly calls: number
}

/** The example AI service, on loopback. */
export async function startCalculator(): Promise<Calculator> {
  let calls = 0
  const binary =
    (compute: (a: number, b: number) => number): UnaryHandler<Numbers, Value> =>
    (call, answer) => {
      calls++
      const { a = 0, b = 0 } = call.request
      const value = compute(a, b)
      if (Number.isFinite(value)) answer(null, { value })
      else answer({ code: grpcStatus.INVALID_ARGUMENT, details: `${a} and ${b} have no such result` })
    }
  const total: ClientStreamHandler<Value, Value> = (call, answer) => {
    calls++
    let sum = 0
    call.on('data', ({ value = 0 }: Value) => (sum += value))
    call.on('end', () => answer(null, { value: sum }))
  }
  const count: ServerStreamHandler<Numbers, Value> = (call) => {
    calls++
    const { a = 0, b = 0 } = call.request
    for (let value = a; value <= Math.min(b, a + MAX_COUNT); value++) call.write({ value })
    call.end()
  }
  const runningSum: BidiHandler<Value, Value> = (call) => {
    calls++
    let sum = 0
    call.on('data', ({ value = 0 }: Value) => call.write({ value: (sum += value) }))
    call.on('end', () => call.end())
  }
  const { service } = loadService(CALCULATOR_PROTO, 'example_service.Calculator')
  const handlers = {
    add: binary((a, b) => a + b),
    sub: binary((a, b) => a - b),
    mul: binary((a, b) => a * b),
    div: binary((a, b) => a / b),
    total,
    count,
    running_sum: runningSum,
  }
  const server = await startGrpcServer(service, handlers, '127.0.0.1')
  return {
    port: server.port,
    get calls() {
      return calls
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
