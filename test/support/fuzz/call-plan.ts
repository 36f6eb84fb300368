import { Dice } from '../attacker/dice.js'
import { type Lines, type Plan, planOf } from '../planned-service.js'

/** How a service ends its answer. */
export type Ending = 'status' | 'no status' | 'reset'

/** One call, with what its client and its service do in the course of it. */
export interface CallPlan extends Plan {
  readonly key: string
  /** How the client marks the end of its request. */
  readonly requestEnds: 'with data' | 'with nothing' | 'with trailers'
  /** After so many bytes of the answer the client takes the call back; before any at -1. */
  readonly givesUpAfter: number | undefined
  /** Whether the service waits for the whole request before it answers. */
  readonly answersLate: boolean
  readonly informational: number
  readonly ending: Ending
  readonly resetCode: number
  /** The status of HTTP, and the content type. */
  readonly head: Lines
}

export interface CasePlan {
  readonly seed: string
  readonly isPaid: boolean
  /** The calls of each connection. */
  readonly connections: readonly (readonly CallPlan[])[]
  /** Whether the service tells its clients to leave while calls are under way. */
  readonly serviceLeaves: boolean
  /** Whether clients say GOAWAY once they have opened their last call. */
  readonly clientLeaves: boolean
}

const GRPC_HEAD: Lines = [
  [':status', '200'],
  ['content-type', 'application/grpc+proto'],
]

/** What the seed decides, and nothing else. */
export function caseOf(seed: string): CasePlan {
  const dice = new Dice(`${seed}/case`)
  const isPaid = dice.oneIn(2)
  const connections = Array.from({ length: dice.oneIn(3) ? 2 : 1 }, (_none, connection) =>
    Array.from({ length: dice.between(1, dice.pick([1, 3, 10])) }, (_call, i) => callOf(`${seed}/${connection}/${i}`)),
  )
  return { seed, isPaid, connections, serviceLeaves: dice.oneIn(5), clientLeaves: dice.oneIn(5) }
}

function callOf(key: string): CallPlan {
  const dice = new Dice(`${key}/more`)
  const plan = planOf(key)
  const asksMany = plan.shape === 'Collect' || plan.shape === 'Chat'
  const ending = dice.oneIn(8) ? dice.pick<Ending>(['no status', 'reset']) : 'status'
  const isGrpc = ending !== 'status' || !dice.oneIn(12)
  return {
    ...plan,
    key,
    requests:
      asksMany && dice.oneIn(10) ? [] : dice.oneIn(15) ? plan.requests.map((one) => grown(one, dice)) : plan.requests,
    answers: dice.oneIn(15) ? plan.answers.map((one) => grown(one, dice)) : plan.answers,
    requestEnds: dice.pick(['with data', 'with data', 'with nothing', 'with trailers']),
    givesUpAfter: dice.oneIn(6) ? dice.pick([-1, 0, 1, 100, 50_000]) : undefined,
    answersLate: dice.oneIn(2),
    informational: dice.oneIn(10) ? dice.between(1, 3) : 0,
    ending,
    resetCode: dice.pick([0, 1, 2, 7, 8, 11, 12, 13, 99]),
    head: isGrpc
      ? GRPC_HEAD
      : [
          [':status', dice.pick(['200', '404', '503'])],
          ['content-type', 'text/html'],
        ],
  }
}

const grown = (message: Buffer, dice: Dice): Buffer =>
  Buffer.concat([message, Buffer.alloc(dice.pick([65_530, 300_000, 1_000_000]), message.length % 256)])
