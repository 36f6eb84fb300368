import { type CalculatorHandlers, loadCalculatorService } from '../shared/wire/index.js'
import { grpcStatus, startGrpcServer } from '../shared/wire/grpc/index.js'

/** A counting call ends after so many results, so that no stream is endless. */
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
    (compute: (a: number, b: number) => number): CalculatorHandlers['add'] =>
    (call, answer) => {
      calls++
      const { a = 0, b = 0 } = call.request
      const value = compute(a, b)
      if (Number.isFinite(value)) answer(null, { value })
      else answer({ code: grpcStatus.INVALID_ARGUMENT, details: `${a} and ${b} have no such result` })
    }
  const total: CalculatorHandlers['total'] = (call, answer) => {
    calls++
    let sum = 0
    call.on('data', ({ value = 0 }: { value?: number }) => (sum += value))
    call.on('end', () => answer(null, { value: sum }))
  }
  const count: CalculatorHandlers['count'] = (call) => {
    calls++
    const { a = 0, b = 0 } = call.request
    for (let value = a; value <= Math.min(b, a + MAX_COUNT); value++) call.write({ value })
    call.end()
  }
  const runningSum: CalculatorHandlers['running_sum'] = (call) => {
    calls++
    let sum = 0
    call.on('data', ({ value = 0 }: { value?: number }) => call.write({ value: (sum += value) }))
    call.on('end', () => call.end())
  }
  const handlers: CalculatorHandlers = {
    add: binary((a, b) => a + b),
    sub: binary((a, b) => a - b),
    mul: binary((a, b) => a * b),
    div: binary((a, b) => a / b),
    total,
    count,
    running_sum: runningSum,
  }
  const server = await startGrpcServer(loadCalculatorService().service, handlers, '127.0.0.1')
  return {
    port: server.port,
    get calls() {
      return calls
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
