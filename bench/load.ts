import { readFileSync } from 'node:fs'
import { type ClientHttp2Session, connect } from 'node:http2'

/** Numbers { a: 2, b: 3 } with its gRPC prefix. */
const REQUEST = Buffer.from('0000000012' + '090000000000000040' + '110000000000000840', 'hex')

/** Headers of the n-th call of one connection. */
export type HeadersOf = (connection: number, call: number) => Record<string, string>

export interface Load {
  readonly endpoint: string
  readonly connections: number
  /** Calls of each connection, one after the other. */
  readonly calls: number
  readonly headers: HeadersOf
}

/** Makes all calls and resolves with the seconds they took. A call that is not answered OK ends the run. */
export async function runLoad({ endpoint, connections, calls, headers }: Load): Promise<number> {
  const sessions = await Promise.all(Array.from({ length: connections }, () => open(endpoint)))
  const start = performance.now()
  await Promise.all(
    sessions.map(async (session, connection) => {
      for (let i = 0; i < calls; i++) await callOnce(session, headers(connection, i))
    }),
  )
  const seconds = (performance.now() - start) / 1000
  for (const session of sessions) session.destroy()
  return seconds
}

const open = (endpoint: string): Promise<ClientHttp2Session> =>
  new Promise((done, fail) => {
    const session = connect(`http://${endpoint}`)
    session.once('connect', () => done(session)).once('error', fail)
  })

function callOnce(session: ClientHttp2Session, headers: Record<string, string>): Promise<void> {
  return new Promise((done, fail) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': '/example_service.Calculator/add',
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    })
    let status: string | undefined
    let message: string | undefined
    const read = (block: Record<string, unknown>): void => {
      status = (block['grpc-status'] as string | undefined) ?? status
      message = (block['grpc-message'] as string | undefined) ?? message
    }
    stream.on('response', read).on('trailers', read).on('error', fail)
    stream.once('close', () => (status === '0' ? done() : fail(new Error(`call ended with ${status}: ${message}`))))
    stream.resume()
    stream.end(REQUEST)
  })
}

const TICKS_PER_SECOND = 100

/** Seconds of processor time that a process has used, user and system (Linux). */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}
