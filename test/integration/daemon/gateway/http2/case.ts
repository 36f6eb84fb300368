import { FLAG, frame, FRAME, headerBlock, uint32 } from '../../../../support/frames.js'

/**
 * What is sent, and what has to come: `stream N: CODE` for a reset, `connection: CODE` for the end of it, `answer N: STATUS`,
 * and where a case names them also `data N: TEXT`, `end N`, `pong TEXT` and `settings acknowledged`.
 */
export interface Case {
  readonly what: string
  /** A text among the frames is what has to have come before the rest is sent. */
  readonly send: readonly (Buffer | string)[]
  readonly answer: readonly string[]
  /** In place of PREFACE and SETTINGS. */
  readonly hello?: Buffer
  /** Where Node's HTTP/2 answers otherwise, and the reason for it. */
  readonly node?: { readonly answer: readonly string[]; readonly why: string }
}

export interface Section {
  readonly title: string
  readonly cases: readonly Case[]
}

export type Lines = readonly (readonly [name: string, value: string])[]

export const POST: Lines = [
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', '/a.B/C'],
  [':authority', 'a'],
]

const CODES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
] as const
export type Code = (typeof CODES)[number]

export const codeName = (code: number): string => CODES[code] ?? String(code)

export const ends = (code: Code): readonly string[] => [`connection: ${code}`]
export const resets = (code: Code, stream = 1): readonly string[] => [`stream ${stream}: ${code}`]
export const answers = (stream = 1, status = 200): readonly string[] => [`answer ${stream}: ${status}`]

/** Of Node, where its library tells of the fault by a number of its own. */
export const nodeEnds = (...before: readonly string[]): NonNullable<Case['node']> => ({
  answer: [...before, ...ends('INTERNAL_ERROR')],
  why: 'it ends the connection without the code that the fault has',
})
/** Of Node, where it takes no notice. */
export const nodeIgnores = (...answer: readonly string[]): NonNullable<Case['node']> => ({
  answer,
  why: 'it passes over frames of streams that are closed, as if they had been under way',
})

export const block = (stream: number, payload: Buffer, flags: number = FLAG.endHeaders | FLAG.endStream): Buffer =>
  frame(FRAME.headers, { stream, flags, payload })
export const headers = (stream: number, lines: Lines = POST, flags: number = FLAG.endHeaders): Buffer =>
  block(stream, headerBlock(lines), flags)
/** A request without a body. */
export const whole = (stream: number, lines: Lines = POST): Buffer =>
  headers(stream, lines, FLAG.endHeaders | FLAG.endStream)
export const goOn = (stream: number, payload = Buffer.alloc(0), flags: number = 0): Buffer =>
  frame(FRAME.continuation, { stream, flags, payload })
export const data = (stream: number, bytes: string | Buffer = 'x', flags = 0): Buffer =>
  frame(FRAME.data, { stream, flags, payload: Buffer.from(bytes as string) })
export const last = (stream: number, bytes: string | Buffer = ''): Buffer => data(stream, bytes, FLAG.endStream)
export const reset = (stream: number, code = 8): Buffer => frame(FRAME.rstStream, { stream, payload: uint32(code) })
export const widen = (stream: number, by: number): Buffer => frame(FRAME.windowUpdate, { stream, payload: uint32(by) })
export const ping = (text: string, flags = 0): Buffer => frame(FRAME.ping, { flags, payload: Buffer.from(text) })
export const priority = (stream: number, parent: number): Buffer =>
  frame(FRAME.priority, { stream, payload: Buffer.concat([uint32(parent), Buffer.from([1])]) })
export const settings = (...pairs: readonly (readonly [id: number, value: number])[]): Buffer =>
  frame(FRAME.settings, {
    payload: Buffer.concat(
      pairs.map(([id, value]) => Buffer.concat([Buffer.from([id >> 8, id & 255]), uint32(value)])),
    ),
  })
/** A frame of zeros, as long as it should not be. */
export const zeros = (type: number, length: number, stream = 1): Buffer =>
  frame(type, { stream, payload: Buffer.alloc(length) })
export const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')
