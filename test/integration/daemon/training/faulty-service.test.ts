import { createServer, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { withPrefix } from '../../../../src/daemon/gateway/messages.js'
import { until } from '../../../support/until.js'
import { type Harness, openHarness, payFor } from './harness.js'

const PREFIX = '/training.Model/'
const HEADERS = { ':status': 200, 'content-type': 'application/grpc' }
/** Seven cogs, and of a status VALIDATED. */
const SEVEN = Buffer.from([8, 7])
const VALIDATED = Buffer.from([8, 2])

function answer(stream: ServerHttp2Stream, frames: Buffer, status = '0'): void {
  stream.respond(HEADERS, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }))
  stream.end(frames)
}

/** What a method does in place of its work. */
type Fault = (stream: ServerHttp2Stream) => void

interface FaultyService extends AsyncDisposable {
  readonly url: URL
  readonly faults: Map<string, Fault>
  /** In order. */
  readonly asked: string[]
}

/** A service of bare streams that does all things right, except where it has a fault. */
async function startFaultyService(): Promise<FaultyService> {
  const service = { faults: new Map<string, Fault>(), asked: [] as string[] }
  const sessions = new Set<{ destroy(): void }>()
  const right = (name: string): Buffer => {
    if (name === 'create_model') return Buffer.from([10, 2, 109, 49])
    return name.endsWith('_price') ? SEVEN : VALIDATED
  }
  const server = createServer()
  server.on('session', (session) => sessions.add(session.on('error', () => undefined)))
  server.on('stream', (stream, headers) => {
    const name = String(headers[':path']).slice(PREFIX.length)
    service.asked.push(name)
    stream.on('error', () => undefined)
    const fault = service.faults.get(name)
    if (fault) fault(stream.resume())
    else stream.on('end', () => answer(stream, withPrefix(right(name)))).resume()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    ...service,
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Every method that asks the service, as the owner of the model asks it, by what it asks for. */
const QUESTIONS: readonly (readonly [asked: string, method: string])[] = [
  ['create_model', 'create_model'],
  ['validate_model_price', 'validate_model_price'],
  ['validate_model_price', 'validate_model'],
  ['validate_model_price', 'upload_and_validate'],
  ['train_model_price', 'train_model_price'],
  ['train_model_price', 'train_model'],
  ['validate_model', 'validate_model'],
  ['upload_and_validate', 'upload_and_validate'],
  ['train_model', 'train_model'],
  ['get_model_status', 'get_model'],
  ['delete_model', 'delete_model'],
]

function ask(h: Harness, method: string) {
  const authorization = h.owner.signed(method, h.world.block)
  const headers = payFor('m1', 7)
  const input = { model_id: 'm1', data: Buffer.from('x'), batch_number: 1, batch_count: 1 }
  if (method === 'upload_and_validate') return h.owner.upload([{ authorization, upload_input: input }], { headers })
  const model = { name: 'other', grpc_method_name: 'stt', grpc_service_name: 'learn.Ear' }
  return h.owner.ask(method, { authorization, model_id: 'm1', model }, { headers })
}

const list = async (h: Harness) => {
  const request = { authorization: h.owner.signed('get_all_models', h.world.block) }
  return (await h.owner.ask('get_all_models', request)).message['list_of_models']
}

const FAULTS: Readonly<Record<string, Fault>> = {
  'dies when it is asked': (stream) => stream.session?.destroy(),
  'dies in the middle of its answer': (stream) => {
    stream.respond(HEADERS)
    stream.write(withPrefix(SEVEN).subarray(0, 6), () => stream.session?.destroy())
  },
  'resets the stream': (stream) => stream.close(2),
  'ends without a status': (stream) => {
    stream.respond(HEADERS)
    stream.end(withPrefix(SEVEN))
  },
  'says OK and nothing': (stream) => answer(stream, Buffer.alloc(0)),
  'answers twice': (stream) => answer(stream, Buffer.concat([withPrefix(SEVEN), withPrefix(SEVEN)])),
  'cuts its message short': (stream) => answer(stream, withPrefix(SEVEN).subarray(0, 6)),
  'packs its message, unasked': (stream) => answer(stream, Buffer.from([1, 0, 0, 0, 2, 8, 7])),
  'announces more than is taken': (stream) => answer(stream, Buffer.from([0, 255, 255, 255, 255, 8, 7])),
  'answers no protobuf': (stream) => answer(stream, withPrefix(Buffer.from([10, 200]))),
  'answers by a web page': (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'text/html' })
    stream.end('<html>')
  },
  'says that the channel is paid out': (stream) => {
    stream.respond({ ...HEADERS, 'grpc-status': '1000', 'grpc-message': 'incorrect payment channel nonce' })
    stream.end()
  },
}

describe.each(Object.entries(FAULTS))('a service that %s', (_what, fault) => {
  test('is named by every method; nothing is paid or kept, and it serves once it is well', async () => {
    await using service = await startFaultyService()
    await using h = await openHarness({ url: service.url })
    await h.createModel({ name: 'mine' })
    for (const [asked, method] of QUESTIONS) {
      service.faults.set(asked, fault)
      const { code, details } = await ask(h, method)
      // What the gate itself has to say to clients, such as of a nonce, nobody behind it says.
      expect({ method, code }).toEqual({ method, code: expect.toBeOneOf([4, 8, 13, 14]) as number })
      expect(details).toMatch(/service/)
      expect(details).not.toMatch(/^internal error/)
      service.faults.clear()
    }
    await until('the channel is free', () => h.world.held.size === 0)
    expect(h.world.writes).toEqual([])
    expect(await list(h)).toMatchObject([{ name: 'mine', status: 'CREATED' }])
    expect((await ask(h, 'train_model')).code).toBe(0)
    expect(await list(h)).toMatchObject([{ name: 'mine', status: 'VALIDATED' }])
  })
})

test('a service that never ends its answer has no longer than others, and the channel is free then', async () => {
  await using service = await startFaultyService()
  const limits = { questionMs: 10_000, workMs: 500, uploadMs: 500 }
  await using h = await openHarness({ url: service.url, config: { limits } })
  await h.createModel()
  for (const method of ['train_model', 'upload_and_validate']) {
    service.faults.set(method, (stream) => {
      stream.respond(HEADERS)
      stream.write(withPrefix(SEVEN))
    })
    const { code, details } = await ask(h, method)
    expect([code, details]).toEqual([4, 'issue with service: the service did not answer within 0.5 s'])
    expect([h.world.writes.length, h.world.held.size]).toEqual([0, 0])
  }
})

test('what cannot be paid is no price', async () => {
  await using service = await startFaultyService()
  await using h = await openHarness({ url: service.url })
  await h.createModel()
  const largest = Buffer.from([8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1])
  service.faults.set('train_model_price', (stream) => answer(stream, withPrefix(largest)))
  expect(await ask(h, 'train_model')).toMatchObject({
    code: 16,
    details: 'income 7 does not equal to price 18446744073709551615',
  })
  expect(h.world.writes).toEqual([])
})
