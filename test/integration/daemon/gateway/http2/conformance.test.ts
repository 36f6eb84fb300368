import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DataPlane } from '../../../../../src/daemon/gateway/data-plane.js'
import type { ServedStream } from '../../../../../src/daemon/gateway/transport/http2/served-stream.js'
import { openPort } from '../bare-port.js'
import { connectionCases } from './connection-cases.js'
import { hpackCases } from './hpack-cases.js'
import { messageCases } from './message-cases.js'
import { runCase } from './run-case.js'
import { streamCases } from './stream-cases.js'

const CONFIG = {
  maxConnections: 1_000,
  maxStreamsPerConnection: 2,
  silenceMs: 60_000,
  firstBytesTimeoutMs: 60_000,
  http2: { callWindowBytes: 65_536, resetsPerSecond: 100, idleFramesPerSecond: 5_000 },
}

const fieldOf = (raw: readonly string[], name: string): string | undefined => {
  const at = raw.findIndex((field, index) => index % 2 === 0 && field === name)
  return at < 0 ? undefined : raw[at + 1]
}

/** Answers with the body that came, and the status that was asked for. */
function echo(stream: ServedStream, raw: readonly string[]): void {
  const body = stream.openBody()
  if (fieldOf(raw, 'x-unread') !== undefined) return
  const parts: Buffer[] = []
  let isAnswered = false
  const look = (): void => {
    for (let bytes = body.read(); bytes; bytes = body.read()) parts.push(bytes)
    if (!body.isEnded || isAnswered) return
    isAnswered = true
    stream.answer({ ':status': fieldOf(raw, 'x-status') ?? '200' }, Buffer.concat(parts).toString('latin1'))
  }
  body.onNews(look)
  look()
}

describe.each<DataPlane>(['frames', 'node'])('data_plane %s', (dataPlane) => {
  let port: Awaited<ReturnType<typeof openPort>>
  beforeAll(async () => void (port = await openPort({ ...CONFIG, dataPlane }, echo)))
  afterAll(() => port[Symbol.asyncDispose]())

  const suites = [
    ['RFC 9113', [...connectionCases, ...streamCases, ...messageCases]],
    ['RFC 7541', hpackCases],
  ] as const
  for (const [rfc, sections] of suites)
    for (const { title, cases } of sections)
      describe(`${rfc} ${title}`, () => {
        test.each(cases)('$what', async (each) => {
          const { answer } = (dataPlane === 'node' && each.node) || each
          // Node says GOAWAY and reads no further: who is silent then is cut off later (connections.test.ts).
          const endsAtOnce = dataPlane === 'frames'
          expect(await runCase(port.address.port, { ...each, answer }, endsAtOnce)).toEqual(answer)
        })
      })
})
