import { Cancellation } from '../../../../src/shared/cancellation.js'
import { describe, expect, test } from 'vitest'
import { until } from '../../../support/until.js'
import { type Harness, openHarness, payFor } from './harness.js'

const MIB = 1024 * 1024
const PART = Buffer.alloc(MIB / 4, 7)

/** Parts of one upload, as the Python client sends them: each with the same authorization. */
function* parts(h: Harness, model: string, count: number, data = PART): Generator<object> {
  const authorization = h.owner.signed('upload_and_validate', h.world.block)
  for (let i = 1; i <= count; i++)
    yield { authorization, upload_input: { model_id: model, data, batch_number: i, batch_count: count } }
}

/** Two of three. */
const firstOf = (h: Harness, model: string): object[] => [...parts(h, model, 3)].slice(0, 2)

const nothingKept = (h: Harness): void => expect([h.world.writes.length, h.world.held.size]).toEqual([0, 0])

test('an upload goes to the service part for part, at the price of its validation', async () => {
  await using h = await openHarness()
  const id = await h.createModel()
  const answer = await h.owner.upload(parts(h, id, 9), { headers: payFor(id, 7) })
  expect(answer).toEqual({ code: 0, details: '', message: { status: 'VALIDATING' } })
  expect(h.provider.uploaded).toEqual({ parts: 9, bytes: 9 * PART.length, ended: 1 })
  expect(h.world.writes.map(({ channel }) => channel.authorized)).toEqual([7n])
  expect(h.provider.asked[1]).toEqual({
    method: 'validate_model_price',
    request: { model_id: id, training_data_link: '' },
  })
  h.provider.status = 'VALIDATED'
  const { message } = await h.owner.ask('get_all_models', { authorization: h.owner.signed('unified', h.world.block) })
  await until('its model is validated', async () => {
    const list = { authorization: h.owner.signed('unified', h.world.block), statuses: ['VALIDATED'] }
    return (await h.owner.ask('get_all_models', list)).message['list_of_models'] !== undefined
  })
  expect(message['list_of_models']).toHaveLength(1)
})

test('a service that takes nothing keeps the client waiting, and nothing is gathered meanwhile', async () => {
  const limits = { questionMs: 60_000, workMs: 60_000, uploadMs: 600_000 }
  await using h = await openHarness({
    uploads: { stallMs: 60_000, timeoutMs: 600_000 },
    config: { maxUploadBytes: 1024 * MIB, limits },
  })
  const id = await h.createModel({ grpc_method_name: 'tts' })
  h.provider.isSlow = true
  let taken = 0
  const counted = function* () {
    for (const part of parts(h, id, 80)) {
      taken++
      yield part
    }
  }
  const answer = h.owner.upload(counted(), { headers: payFor(id, 7) })
  let before = -1
  const stands = (): boolean => {
    const isSame = taken === before && taken > 0
    before = taken
    return isSame
  }
  await until('the client waits', stands, { everyMs: 200 })
  // Of 20 MiB: what connections and both processes hold on the way.
  expect(taken * PART.length).toBeLessThan(8 * MIB)
  h.provider.goOn()
  expect(await answer).toMatchObject({ code: 0, details: '' })
  expect(h.provider.uploaded).toEqual({ parts: 80, bytes: 80 * PART.length, ended: 1 })
})

describe('nothing is paid, and the channel is free, when an upload', () => {
  test('is taken back by its client, of which the service hears', async () => {
    await using h = await openHarness()
    const id = await h.createModel()
    h.provider.isSlow = true
    const stop = new AbortController()
    const answer = h.owner.upload(parts(h, id, 8), { headers: payFor(id, 7), signal: stop.signal })
    await until('the service has it', () => h.provider.asked.at(-1)?.method === 'upload_and_validate')
    stop.abort()
    expect((await answer).code).toBe(1)
    await until('the service hears of it', () => h.provider.cancelled === 1)
    await until('the channel is free', () => h.world.held.size === 0)
    nothingKept(h)
    h.provider.isSlow = false
    expect((await h.owner.upload(parts(h, id, 2), { headers: payFor(id, 7) })).code).toBe(0)
  })

  test('loses its channel', async () => {
    await using h = await openHarness()
    const id = await h.createModel()
    h.provider.isSlow = true
    const lost = new Cancellation()
    const { channels } = h.world.deps
    const hold = channels.hold.bind(channels)
    channels.hold = async (...given) => ({ ...(await hold(...given)), lost })
    const answer = h.owner.upload(parts(h, id, 8), { headers: payFor(id, 7) })
    await until('the service has it', () => h.provider.asked.at(-1)?.method === 'upload_and_validate')
    lost.abort(new Error('taken over'))
    expect((await answer).code).not.toBe(0)
    await until('the service hears of it', () => h.provider.cancelled === 1)
    expect(h.world.writes).toEqual([])
  })

  test.each([
    ['fails at the service', 'fail', 14, 'issue with service: the service answered INVALID_ARGUMENT: no: 100 % ✓'],
    [
      'is answered with garbage',
      Buffer.from([10, 200]),
      14,
      'issue with service: the service answered what is no message of training.proto',
    ],
  ] as const)('%s', async (_what, how, code, details) => {
    await using h = await openHarness()
    const id = await h.createModel()
    h.provider.misbehave['upload_and_validate'] = how
    expect(await h.owner.upload(parts(h, id, 4), { headers: payFor(id, 7) })).toMatchObject({ code, details })
    nothingKept(h)
  })

  test('takes too long', async () => {
    const limits = { questionMs: 2_000, workMs: 2_000, uploadMs: 300 }
    await using h = await openHarness({ config: { limits } })
    const id = await h.createModel()
    h.provider.isSlow = true
    const answer = await h.owner.upload(parts(h, id, 4), { headers: payFor(id, 7) })
    expect([answer.code, answer.details]).toEqual([4, 'issue with service: the service did not answer within 0.3 s'])
    nothingKept(h)
  })

  test('waits for its client in vain', async () => {
    await using h = await openHarness({ uploads: { stallMs: 300 } })
    const id = await h.createModel()
    const answer = await h.owner.upload(firstOf(h, id), { headers: payFor(id, 7), isOpen: true })
    expect([answer.code, answer.details]).toEqual([4, 'the client sent no further message for 300 ms'])
    await until('the service hears of it', () => h.provider.cancelled === 1)
    nothingKept(h)
  })

  const wrong: [string, (h: Harness, id: string) => Iterable<object>, number, string][] = [
    [
      'has more bytes than its method takes',
      (h, id) => parts(h, id, 13),
      8,
      'the upload has more than the 3145728 bytes that are taken for this model',
    ],
    [
      'says that it will have more',
      (h, id) => withInput(parts(h, id, 1), { file_size: 3 * MIB + 1 }),
      8,
      'the upload has more than the 3145728 bytes that are taken for this model',
    ],
    [
      'has a part for another model',
      (h, id) => [...firstOf(h, id), ...parts(h, 'm9', 1)],
      3,
      'invalid request: one upload has parts for several models',
    ],
    [
      'has a part that nobody signed',
      (h, id) => [...firstOf(h, id), { upload_input: { model_id: id } }],
      3,
      'invalid request: no authorization provided',
    ],
    [
      'has a part that somebody else signed',
      (h, id) => [
        ...parts(h, id, 2),
        { authorization: h.stranger.signed('upload_and_validate', h.world.block), upload_input: { model_id: id } },
      ],
      7,
      'unable to access model: error in updating model state: only owner can change the model state',
    ],
    [
      'is signed for something else',
      (h, id) => [{ authorization: h.owner.signed('train_model', h.world.block), upload_input: { model_id: id } }],
      16,
      'invalid request: no authorization provided: unsupported message: train_model for this method',
    ],
    [
      'has no input',
      (h) => [{ authorization: h.owner.signed('upload_and_validate', h.world.block) }],
      3,
      "invalid request: model id can't be empty",
    ],
    [
      'is for a model that is not there',
      (h) => parts(h, 'm9', 1),
      5,
      "unable to access model: daemon storage error: error in getting data from model storage: model data doesn't exist for modelID: m9",
    ],
    ['is an empty message', () => [{}], 3, 'invalid request: no authorization provided'],
    ['has no message', () => [], 2, 'EOF'],
  ]
  test.each(wrong)('%s', async (_what, made, code, details) => {
    await using h = await openHarness()
    const id = await h.createModel()
    expect(await h.owner.upload(made(h, id), { headers: payFor(id, 7) })).toMatchObject({ code, details })
    nothingKept(h)
    expect(h.provider.uploaded.ended).toBe(0)
  })

  test('names no model in its headers', async () => {
    await using h = await openHarness()
    const id = await h.createModel()
    const answer = await h.owner.upload(parts(h, id, 1), { headers: { ...payFor(id, 7), 'snet-train-model-id': '' } })
    expect([answer.code, answer.details]).toEqual([3, 'internal error: no training model found'])
    nothingKept(h)
  })
})

test('an upload lasts longer than its first authorization is good for, and later parts may have one of their own', async () => {
  await using h = await openHarness()
  const id = await h.createModel()
  const made = async function* () {
    yield* firstOf(h, id)
    await until('the service has the first parts', () => h.provider.uploaded.parts === 2)
    h.world.block = (h.world.block + 100n) as typeof h.world.block
    yield [...parts(h, id, 3)][2] as object
  }
  expect((await h.owner.upload(made(), { headers: payFor(id, 7) })).code).toBe(0)
})

test('only so many uploads go on at a time, and other work on models goes on beside them', async () => {
  await using h = await openHarness({ uploads: { places: { inAll: 1, perConnection: 1 } } })
  const [id, other] = [await h.createModel(), await h.createModel()]
  h.provider.isSlow = true
  const first = h.owner.upload(parts(h, id, 1), { headers: payFor(id, 7) })
  await until('the service has the first', () => h.provider.asked.at(-1)?.method === 'upload_and_validate')
  const second = await h.owner.upload(parts(h, other, 1), { headers: payFor(other, 7) })
  expect([second.code, second.details]).toEqual([8, 'the daemon serves 1 calls already'])
  expect((await h.owner.ask('get_training_metadata', {})).code).toBe(0)
  h.provider.goOn()
  expect((await first).code).toBe(0)
})

function* withInput(items: Iterable<object>, more: object): Generator<object> {
  for (const item of items as Iterable<{ upload_input: object }>)
    yield { ...item, upload_input: { ...item.upload_input, ...more } }
}
