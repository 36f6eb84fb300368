import { EventEmitter, getEventListeners, once } from 'node:events'
import { status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import { handlersOf } from '../../../../../src/daemon/infra/server/answer.js'
import { SnetError } from '../../../../../src/shared/errors.js'
import { rawClient, startFakeInfra } from '../../../../support/infra-server.js'
import { quietLog } from '../../../../support/quiet-log.js'
import { until } from '../../../../support/until.js'

type Handler = (call: unknown, reply: (failure: unknown, message?: object) => void) => void

const answersOf = (unary: Record<string, (request: never, signal: AbortSignal) => Promise<object> | object>) => {
  const stop = new AbortController()
  const handlers = handlersOf({ unary }, { log: quietLog(), stopping: stop.signal })
  return {
    stop,
    ask(name: string, call = new EventEmitter()): Promise<{ failure: unknown; message: object | undefined }> {
      const handler = handlers[name] as unknown as Handler
      return new Promise((done) => handler(call, (failure, message) => done({ failure, message })))
    },
  }
}

test('a refusal that quotes half a character is told, and the next call is answered', async () => {
  await using infra = await startFakeInfra()
  using client = rawClient(infra.port)
  const field = (number: number, text: string): Buffer =>
    Buffer.concat([Buffer.from([number * 8 + 2, Buffer.byteLength(text)]), Buffer.from(text)])
  await client.ask('/server.Proxy/CreateInvite', field(1, 'chat'))
  // Texts are quoted up to 40 characters, and this one is two of them.
  const type = `${'x'.repeat(39)}😀`
  const request = Buffer.concat([field(1, 'chat'), field(3, type), Buffer.from('2064', 'hex')])
  const { code, details } = await client.ask('/server.Proxy/NewTest', request)
  expect([code, details]).toEqual([
    status.INVALID_ARGUMENT,
    `type has to be text or media, not "${'x'.repeat(39)}\ufffd"`,
  ])
  expect((await client.ask('/server.Proxy/TestConnection')).code).toBe(0)
})

test('calls that are over leave nothing with the signal that lives as long as the daemon', async () => {
  const answers = answersOf({
    Good: () => ({}),
    Bad: () => {
      throw new SnetError('not-found', 'nothing there')
    },
  })
  for (const name of ['Good', 'Bad', 'Good']) await answers.ask(name)
  expect(getEventListeners(answers.stop.signal, 'abort')).toEqual([])
})

test('many calls at once are nothing to warn of, and each is given up when its client goes', async () => {
  const warnings: unknown[] = []
  const onWarning = (warning: unknown): void => void warnings.push(warning)
  process.on('warning', onWarning)
  await using infra = await startFakeInfra()
  using client = rawClient(infra.port)
  const streams = Array.from({ length: 50 }, () => client.stream('WatchPeer'))
  for (const stream of streams) stream.on('error', () => undefined)
  await Promise.all(streams.map((stream) => once(stream, 'data')))
  for (const stream of streams) stream.cancel()
  await until('nobody listens any more', () => infra.fake.listeners.size === 0)
  process.off('warning', onWarning)
  expect(warnings).toEqual([])
})

test.each([
  ['its client goes', 'cancelled', 'the client has gone'],
  ['the daemon stops', 'unavailable', 'the control daemon is stopping'],
])('a call ends when %s', async (_name, kind, message) => {
  const answers = answersOf({
    Wait: (_request: never, signal: AbortSignal) =>
      new Promise((_done, fail) => signal.addEventListener('abort', () => fail(signal.reason as Error))),
  })
  const call = new EventEmitter()
  const answered = answers.ask('Wait', call)
  if (kind === 'cancelled') call.emit('cancelled')
  else answers.stop.abort(new SnetError('unavailable', message))
  const { failure } = await answered
  expect(failure).toMatchObject({ details: message })
})
