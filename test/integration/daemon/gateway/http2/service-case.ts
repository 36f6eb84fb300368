import { FLAG, frame, FRAME, headerBlock, uint32 } from '../../../../support/frames.js'
import { type Code, headers, last, type Lines } from './case.js'

/** What becomes of a call, and what the service is told of it. */
export interface Outcome {
  /** The status that the client of the gate gets. */
  readonly status: number
  /** `stream N: CODE` for a reset of this call, `connection: CODE` for the end of it all. */
  readonly tells: readonly string[]
  /** Whether the other calls on the connection go on, and new ones are made on it. */
  readonly lives: boolean
}

export interface ServiceCase extends Outcome {
  readonly what: string
  /** What the service says once it has the call, which is stream 3; a call on stream 1 waits meanwhile. */
  readonly say: readonly Buffer[]
  /** Where Node's HTTP/2 does otherwise, and the reason for it. */
  readonly node?: Partial<Outcome> & { readonly why: string }
}

export interface ServiceSection {
  readonly title: string
  readonly cases: readonly ServiceCase[]
}

type Node = Pick<ServiceCase, 'node'>

const [OK, INTERNAL, UNAVAILABLE] = [0, 13, 14]
export const CALL = 3

/** The call is answered, whatever else was said. */
export const serves = (what: string, say: readonly Buffer[], more: Node = {}): ServiceCase => ({
  ...{ what, say, status: OK, tells: [], lives: true },
  ...more,
})
/** An error of the stream: only this call fails. */
export const fails = (
  what: string,
  say: readonly Buffer[],
  code: Code = 'PROTOCOL_ERROR',
  more: Node = {},
): ServiceCase => ({
  ...{ what, say, status: INTERNAL, tells: [`stream ${CALL}: ${code}`], lives: true },
  ...more,
})
/** An error of the connection: all calls on it are told that the service is not available. */
export const breaks = (
  what: string,
  say: readonly Buffer[],
  code: Code = 'PROTOCOL_ERROR',
  more: Node = {},
): ServiceCase => ({
  ...{ what, say, status: UNAVAILABLE, tells: [`connection: ${code}`], lives: false },
  ...more,
})

/** Of Node, where it ends the connection. */
export const nodeBreaks = (code: Code, ...before: readonly string[]): Node => ({
  node: {
    ...{ status: UNAVAILABLE, tells: [...before, `connection: ${code}`], lives: false },
    why: 'it takes it for a fault of the connection, or has a code of its own for that',
  },
})
/** The same as `breaks`, where Node does not say which fault it was. */
export const breaksUnnamed = (what: string, say: readonly Buffer[], code?: Code): ServiceCase =>
  breaks(what, say, code, nodeBreaks('INTERNAL_ERROR'))
/** Of Node, where it takes no notice. */
export const nodeServes = (why: string): Node => ({ node: { status: OK, tells: [], lives: true, why } })

export const HEAD: Lines = [
  [':status', '200'],
  ['content-type', 'application/grpc'],
]
export const TRAILERS: Lines = [['grpc-status', '0']]
export const MESSAGE = Buffer.from([0, 0, 0, 0, 1, 7])

/** The parts of a right answer. */
export const head = (...more: Lines): Buffer => headers(CALL, [...HEAD, ...more])
export const message = frame(FRAME.data, { stream: CALL, payload: MESSAGE })
export const trailers = (...more: Lines): Buffer =>
  headers(CALL, [...TRAILERS, ...more], FLAG.endHeaders | FLAG.endStream)
export const answer: readonly Buffer[] = [head(), message, trailers()]
/** The same for another stream. */
export const answerOn = (stream: number): Buffer =>
  Buffer.concat([
    headers(stream, HEAD),
    frame(FRAME.data, { stream, payload: MESSAGE }),
    headers(stream, TRAILERS, FLAG.endHeaders | FLAG.endStream),
  ])

export const information = (code: string, flags: number = FLAG.endHeaders): Buffer =>
  headers(CALL, [[':status', code]], flags)
export const promise = (stream: number, promised: number): Buffer =>
  frame(FRAME.pushPromise, {
    stream,
    flags: FLAG.endHeaders,
    payload: Buffer.concat([
      uint32(promised),
      headerBlock([
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', '/'],
        [':authority', 'a'],
      ]),
    ]),
  })
export const end = last(CALL)
