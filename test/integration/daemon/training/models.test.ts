import { describe, expect, test } from 'vitest'
import { createMemoryRecords } from '../../../../src/daemon/storage/memory/memory-records.js'
import { blockNumber } from '../../../../src/shared/units.js'
import { makeCertificates } from '../../../support/certificates.js'
import { ModelService } from '../../../support/model-service.js'
import { until } from '../../../support/until.js'
import { type Harness, METHODS, openHarness, payFor } from './harness.js'

const signed = (h: Harness, message: string) => ({ authorization: h.owner.signed(message, h.world.block) })
const TRAIN = 'train_model'

test('a model is created, priced, trained for that price, and told of until it is ready', async () => {
  await using h = await openHarness()
  h.provider.trainingPrices.set('m1', 12n)
  const id = await h.createModel({ description: 'hears', address_list: [h.stranger.address, h.stranger.address] })
  expect(h.provider.asked[0]?.request).toMatchObject({
    name: 'ear',
    organization_id: 'org',
    service_id: 'svc',
    group_id: 'Z3JvdXA=',
    address_list: [h.stranger.address, h.owner.address],
  })
  const { message: price } = await h.owner.ask('train_model_price', { ...signed(h, 'unified'), model_id: id })
  expect(price).toEqual({ price: '12' })
  const trained = await h.owner.ask(TRAIN, { ...signed(h, TRAIN), model_id: id }, { headers: payFor(id, 12) })
  expect(trained).toEqual({ code: 0, details: '', message: { status: 'TRAINING' } })
  expect(h.world.writes.map(({ channel }) => channel.authorized)).toEqual([12n])
  h.provider.status = 'READY_TO_USE'
  const list = async () => (await h.owner.ask('get_all_models', signed(h, 'get_all_models'))).message['list_of_models']
  await until('the list tells that it is ready, though nobody asked for it', async () => {
    const [model] = (await list()) as [{ status: string }]
    return model.status === 'READY_TO_USE'
  })
  const asked = h.provider.asked.length
  const { message } = await h.owner.ask('get_model', { ...signed(h, 'get_model'), model_id: id })
  expect(message).toMatchObject({
    model_id: 'm1',
    status: 'READY_TO_USE',
    name: 'ear',
    description: 'hears',
    grpc_method_name: 'stt',
    grpc_service_name: 'learn.Ear',
    address_list: [h.stranger.address, h.owner.address],
    created_by_address: h.owner.address.toLowerCase(),
  })
  expect(message['created_date']).toMatch(/^\d\d-\d\d-20\d\d$/)
  // One question more, of get_model: what is ready is not asked for any longer.
  expect(h.provider.asked.length).toBe(asked + 1)
})

test('a model that was at work when its daemon ended is asked about by the next one', async () => {
  const records = createMemoryRecords()
  const before = await openHarness({ records })
  const [working, created] = [await before.createModel(), await before.createModel()]
  const training = { ...signed(before, TRAIN), model_id: working }
  expect((await before.owner.ask(TRAIN, training, { headers: payFor(working, 7) })).code).toBe(0)
  await before[Symbol.asyncDispose]()

  await using h = await openHarness({ records })
  h.provider.status = 'READY_TO_USE'
  await until('its list tells that it is ready', async () => {
    const list = await h.owner.ask('get_all_models', { ...signed(h, 'unified'), statuses: ['READY_TO_USE'] })
    return list.message['list_of_models'] !== undefined
  })
  expect(h.provider.asked.map(({ request }) => request)).toEqual([{ model_id: working }])
  expect((await h.owner.ask('get_all_models', signed(h, 'unified'))).message['list_of_models']).toMatchObject([
    { model_id: working, status: 'READY_TO_USE' },
    { model_id: created, status: 'CREATED' },
  ])
})

test('while calls are paused nobody pays for work on models; all else is answered', async () => {
  const pause = { isPaused: true }
  await using h = await openHarness({ pause })
  const id = await h.createModel()
  const headers = payFor(id, 7)
  const ask = (name: string) => h.owner.ask(name, { ...signed(h, name), model_id: id }, { headers })
  const paused = { code: 14, details: 'No requests are currently being processed, please try again later' }
  expect(await ask(TRAIN)).toMatchObject(paused)
  expect(await ask('validate_model')).toMatchObject(paused)
  expect(await h.owner.upload([], { headers })).toMatchObject(paused)
  expect((await ask('train_model_price')).message).toEqual({ price: '7' })
  pause.isPaused = false
  expect((await ask(TRAIN)).code).toBe(0)
})

test('the service is asked about few models at a time, however many it works on and however slow it is', async () => {
  const limits = { questionMs: 500, workMs: 2_000, uploadMs: 60_000 }
  await using h = await openHarness({ config: { limits } })
  const ids = await Promise.all(Array.from({ length: 12 }, () => h.createModel()))
  const { provider } = h
  for (const id of ids) await h.owner.ask('get_model', { ...signed(h, 'get_model'), model_id: id })
  // What was asked before is answered by then.
  provider.misbehave['get_model_status'] = 'hang'
  const before = provider.hanging
  let most = 0
  await until('some questions are given up, and others are asked', () => {
    most = Math.max(most, provider.hanging - provider.cancelled - before)
    return provider.cancelled >= 8
  })
  // Four are; of the ones before, the service may not have heard yet that they were given up.
  expect(most).toBeLessThanOrEqual(8)
})

describe('work is paid for at the price of its own model', () => {
  test('which is the one that the header names', async () => {
    await using h = await openHarness()
    const [cheap, dear] = [await h.createModel(), await h.createModel()]
    h.provider.trainingPrices.set(cheap, 1n).set(dear, 1_000n)
    const request = { ...signed(h, TRAIN), model_id: dear }
    const answer = await h.owner.ask(TRAIN, request, { headers: payFor(cheap, 1) })
    expect([answer.code, answer.details]).toEqual([3, 'snet-train-model-id names another model than the request'])
    const without = await h.owner.ask(TRAIN, request, {
      headers: { ...payFor(dear, 1_000), 'snet-train-model-id': '' },
    })
    expect([without.code, without.details]).toEqual([
      3,
      'internal error: [trainUnaryValidator] no training model found',
    ])
    expect(h.provider.asked.filter(({ method }) => method === TRAIN)).toEqual([])
    expect(h.world.writes).toEqual([])
    expect((await h.owner.ask(TRAIN, request, { headers: payFor(dear, 1_000) })).code).toBe(0)
  })

  test('also when nobody has asked for it before', async () => {
    await using h = await openHarness()
    const id = await h.createModel()
    const request = { ...signed(h, TRAIN), model_id: id }
    const answer = await h.owner.ask(TRAIN, request, { headers: payFor(id, 0) })
    expect([answer.code, answer.details]).toEqual([16, 'income 0 does not equal to price 7'])
    expect(h.provider.asked.map(({ method }) => method)).toEqual(['create_model', 'train_model_price'])
  })

  test('and validation at the price of the very data', async () => {
    await using h = await openHarness()
    const id = await h.createModel()
    const request = { ...signed(h, 'validate_model'), model_id: id, training_data_link: 'ipfs://data' }
    const answer = await h.owner.ask('validate_model', request, { headers: payFor(id, 7) })
    expect(answer.message).toEqual({ status: 'VALIDATING' })
    const data = { model_id: id, training_data_link: 'ipfs://data' }
    expect(h.provider.asked.slice(1, 3)).toEqual([
      { method: 'validate_model_price', request: data },
      { method: 'validate_model', request: data },
    ])
    h.provider.status = 'VALIDATED'
    const { message } = await h.owner.ask('get_model', { ...signed(h, 'get_model'), model_id: id })
    expect(message).toMatchObject({ training_data_link: 'ipfs://data', status: 'VALIDATED' })
  })

  test.each([
    ['a free call', { 'snet-payment-type': 'free-call' }, 'unexpected "snet-payment-type", value: "free-call"'],
    [
      'a prepaid call',
      { 'snet-payment-type': 'prepaid-call' },
      'unexpected "snet-payment-type", value: "prepaid-call"',
    ],
    ['no number', { 'snet-payment-channel-id': 'x' }, 'incorrect format "snet-payment-channel-id": "x"'],
  ])('and not by %s', async (_what, headers, text) => {
    await using h = await openHarness()
    const answer = await h.stranger.ask(TRAIN, {}, { headers: { ...payFor('m1', 7), ...headers } })
    expect([answer.code, answer.details]).toEqual([3, text])
  })
})

describe('access', () => {
  const get = (h: Harness, id: string) =>
    h.stranger.ask('get_model', { authorization: h.stranger.signed('get_model', h.world.block), model_id: id })

  test('is for the creator and those whom he names, and ends when he names others', async () => {
    await using h = await openHarness()
    const id = await h.createModel()
    const refused = {
      code: 7,
      details: `unable to access model: user ${h.stranger.address}, does not have access to model Id ${id}`,
    }
    expect(await get(h, id)).toMatchObject(refused)
    const update = (changes: object) =>
      h.owner.ask('update_model', { ...signed(h, 'update_model'), model_id: id, ...changes })
    const shared = await update({ address_list: [h.stranger.address.toLowerCase()], description: 'new' })
    expect(shared.message).toMatchObject({
      address_list: [h.stranger.address, h.owner.address],
      description: 'new',
      name: 'ear',
    })
    expect((await get(h, id)).code).toBe(0)
    await update({ address_list: [h.owner.address], model_name: 'mine' })
    expect(await get(h, id)).toMatchObject(refused)
    expect((await h.owner.ask('get_all_models', signed(h, 'unified'))).message['list_of_models']).toMatchObject([
      { name: 'mine', description: 'new', address_list: [h.owner.address] },
    ])
  })

  test('never is the right to change: that is the creator’s', async () => {
    await using h = await openHarness()
    const id = await h.createModel({ is_public: true, address_list: [h.stranger.address] })
    expect((await get(h, id)).code).toBe(0)
    const names = ['validate_model_price', 'train_model_price', 'delete_model']
    for (const name of names) {
      const request = { authorization: h.stranger.signed(name, h.world.block), model_id: id }
      expect(await h.stranger.ask(name, request)).toMatchObject({
        code: 7,
        details: 'unable to access model: error in updating model state: only owner can change the model state',
      })
    }
    const update = { authorization: h.stranger.signed('update_model', h.world.block), model_id: id, model_name: 'x' }
    expect((await h.stranger.ask('update_model', update)).details).toBe(
      'error in updating model state: only owner can change the model state',
    )
    const train = { authorization: h.stranger.signed(TRAIN, h.world.block), model_id: id }
    expect((await h.stranger.ask(TRAIN, train, { headers: payFor(id, 7) })).code).toBe(7)
    const works = ['validate_model_price', 'train_model_price', 'train_model', 'delete_model']
    expect(h.provider.asked.filter(({ method }) => works.includes(method))).toEqual([])
  })

  test('ends with the model, and a deleted one is in no list but for who asks for deleted ones', async () => {
    await using h = await openHarness()
    const id = await h.createModel({ is_public: true })
    const deleted = await h.owner.ask('delete_model', { ...signed(h, 'delete_model'), model_id: id })
    expect(deleted.message).toEqual({ status: 'DELETED' })
    const list = (statuses: string[]) => h.owner.ask('get_all_models', { ...signed(h, 'get_all_models'), statuses })
    expect((await list([])).message).toEqual({})
    expect((await list(['DELETED'])).message['list_of_models']).toMatchObject([{ model_id: id, status: 'DELETED' }])
    const gone = `unable to access model: daemon storage error: error in getting data from model storage: model data doesn't exist for modelID: ${id}`
    for (const name of ['train_model_price', 'delete_model'])
      expect(await h.owner.ask(name, { ...signed(h, name), model_id: id })).toMatchObject({ code: 5, details: gone })
    expect((await get(h, id)).message).toMatchObject({ status: 'DELETED' })
  })
})

describe('a list', () => {
  test('has all of ten models that were created at once, and each page of them', async () => {
    await using h = await openHarness()
    const ids = await Promise.all(Array.from({ length: 10 }, () => h.createModel()))
    const list = async (more: object) => {
      const { message } = await h.owner.ask('get_all_models', { ...signed(h, 'get_all_models'), ...more })
      return ((message['list_of_models'] ?? []) as { model_id: string }[]).map(({ model_id }) => model_id)
    }
    const all = await list({})
    expect([...all].sort()).toEqual([...ids].sort())
    expect(await list({ page_size: 4, page: 2 })).toEqual(all.slice(8))
    expect(await list({ page: 3 })).toEqual(all.slice(3, 4))
    const largest = '18446744073709551615'
    expect(await list({ page: largest, page_size: largest })).toEqual([])
    expect(await list({ page: '4611686018427387904', page_size: 2 })).toEqual([])
    expect(await list({ page_size: largest })).toEqual(all)
  })

  test('has what is asked for', async () => {
    await using h = await openHarness()
    h.world.block = blockNumber(2_000n)
    await h.createModel({ name: 'First', is_public: true })
    await h.createModel({ name: 'second', grpc_method_name: 'tts' })
    const names = async (client: Harness['owner'], more: object) => {
      const authorization = client.signed('unified', h.world.block - 600n)
      const { message } = await client.ask('get_all_models', { authorization, ...more })
      return ((message['list_of_models'] ?? []) as { name: string }[]).map(({ name }) => name)
    }
    expect(await names(h.owner, {})).toEqual(['second', 'First'])
    expect(await names(h.stranger, {})).toEqual(['First'])
    expect(await names(h.owner, { is_public: true })).toEqual(['First'])
    expect(await names(h.owner, { is_public: false })).toEqual(['second'])
    expect(await names(h.owner, { name: 'FIR' })).toEqual(['First'])
    expect(await names(h.owner, { grpc_method_name: 'tt' })).toEqual(['second', 'First'])
    expect(await names(h.owner, { grpc_method_name: 'st' })).toEqual(['First'])
    expect(await names(h.owner, { created_by_address: h.owner.address.slice(2, 12).toUpperCase() })).toHaveLength(2)
    expect(await names(h.owner, { created_by_address: h.stranger.address })).toEqual([])
    expect(await names(h.owner, { statuses: ['TRAINING'] })).toEqual([])
  })
})

describe('what a request lacks is told', () => {
  const LACKS = [
    ['create_model', {}, 3, 'invalid request: no authorization provided'],
    ['get_all_models', {}, 3, 'invalid request: no authorization provided'],
    ['validate_model_price', {}, 3, 'invalid request: no authorization provided'],
    ['update_model', {}, 3, 'invalid request: no authorization provided'],
    [
      'get_method_metadata',
      { model_id: 'gone' },
      5,
      "daemon storage error: error in getting data from model storage: model data doesn't exist for modelID: gone",
    ],
  ] as const
  test.each(LACKS)('%s', async (name, request, code, details) => {
    await using h = await openHarness()
    expect(await h.owner.ask(name, request)).toMatchObject({ code, details })
  })

  const EMPTY = "invalid request: model id can't be empty"
  const SIGNED = [
    ['create_model', {}, 3, 'invalid request: no grpc_service_name or grpc_method_name provided'],
    [
      'create_model',
      { model: { grpc_method_name: 'a' } },
      3,
      'invalid request: no grpc_service_name or grpc_method_name provided',
    ],
    [
      'create_model',
      { model: { grpc_method_name: 'a', grpc_service_name: 'b', address_list: ['0x1'] } },
      3,
      '"0x1" is not an Ethereum address',
    ],
    [
      'create_model',
      { model: { grpc_method_name: 'a', grpc_service_name: 'b', name: 'x'.repeat(201) } },
      3,
      'the name of the model has 201, at most 200 are taken',
    ],
    ['get_model', {}, 3, EMPTY],
    ['train_model_price', {}, 3, EMPTY],
    ['delete_model', {}, 3, EMPTY],
    ['update_model', {}, 3, EMPTY],
    [
      'train_model_price',
      { model_id: 'x'.repeat(5_000) },
      5,
      `unable to access model: daemon storage error: error in getting data from model storage: model data doesn't exist for modelID: ${'x'.repeat(199)}…`,
    ],
  ] as const
  test.each(SIGNED)('%s, signed (%#)', async (name, request, code, details) => {
    await using h = await openHarness()
    expect(await h.owner.ask(name, { ...signed(h, name), ...request })).toMatchObject({ code, details })
    expect(h.provider.asked).toEqual([])
  })

  test('in the words of each method where the signature is wrong', async () => {
    await using h = await openHarness()
    const old = { authorization: h.owner.signed('delete_model', h.world.block - 6n), model_id: 'm1' }
    const expired = 'authentication failed as the signature passed has expired'
    expect(await h.owner.ask('delete_model', old)).toMatchObject({
      code: 16,
      details: `unable to access model: ${expired}`,
    })
    expect(await h.owner.ask('get_model', old)).toMatchObject({
      code: 16,
      details: 'invalid request: bad authorization provided',
    })
    expect((await h.owner.ask('update_model', old)).details).toBe(
      'unable to access model: unsupported message: delete_model for this method',
    )
  })
})

describe('a service that', () => {
  const GARBAGE = Buffer.from([10, 200])
  const UNKNOWN_STATUS = Buffer.from([8, 99])

  test.each([
    ['fails', 'fail', 14, 'the service answered INVALID_ARGUMENT: no: 100 % ✓'],
    ['answers garbage', GARBAGE, 14, 'the service answered what is no message of training.proto'],
    ['is slow', 'hang', 4, 'the service did not answer within 0.2 s'],
  ] as const)('%s is named as the fault, by every method that asks it', async (_what, how, code, text) => {
    const records = createMemoryRecords()
    await using patient = await openHarness({ records })
    const id = await patient.createModel()
    const questionMs = how === 'hang' ? 200 : 60_000
    await using h = await openHarness({ records, config: { limits: { questionMs, workMs: 200, uploadMs: 60_000 } } })
    for (const method of ['create_model', 'train_model_price', 'get_model_status', 'delete_model'])
      h.provider.misbehave[method] = how
    const model = { grpc_method_name: 'a', grpc_service_name: 'b' }
    expect(await h.owner.ask('create_model', { ...signed(h, 'create_model'), model })).toMatchObject({
      code,
      details: `error in invoking service for model training: ${text}`,
    })
    const ask = (name: string) => h.owner.ask(name, { ...signed(h, name), model_id: id }, { headers: payFor(id, 7) })
    for (const name of ['train_model_price', TRAIN])
      expect(await ask(name)).toMatchObject({ code, details: `issue with service: ${text}` })
    expect(await ask('get_model')).toMatchObject({
      code,
      details: 'error in invoking GetModelStatus, service-provider should realize it',
    })
    expect(await ask('delete_model')).toMatchObject({
      code: how === GARBAGE ? 14 : code,
      details: 'error in invoking DeleteModel, service-provider should realize it',
    })
    expect([h.world.writes.length, h.world.held.size]).toEqual([0, 0])
    if (how === 'hang') await until('it hears that nobody waits', () => h.provider.cancelled === 5)
  })

  test('is away is named as the fault, and nothing is kept', async () => {
    await using h = await openHarness({ url: new URL('http://127.0.0.1:1') })
    const model = { grpc_method_name: 'a', grpc_service_name: 'b' }
    const answer = await h.owner.ask('create_model', { ...signed(h, 'create_model'), model })
    expect(answer.code).toBe(14)
    expect(answer.details).toContain("error in invoking service for model training: can't connect to service")
    expect((await h.owner.ask('get_all_models', signed(h, 'get_all_models'))).message).toEqual({})
  })

  test('speaks TLS though nobody vouches for it is asked nothing', async () => {
    await using made = await makeCertificates()
    await using doubtful = await ModelService.start(made.make('service'))
    await using h = await openHarness({ url: doubtful.url })
    await expect(h.createModel()).rejects.toThrow(/can't connect to service localhost:\d+: self-signed certificate/)
    expect(doubtful.asked).toEqual([])
  })

  test.each([
    ['an unknown status', UNKNOWN_STATUS, 'the service answered the unknown status 99'],
    ['nothing at all', Buffer.alloc(0), ''],
  ])('answers %s to work is judged before it is paid', async (_what, answer, text) => {
    await using h = await openHarness()
    const id = await h.createModel()
    h.provider.misbehave[TRAIN] = answer
    const trained = await h.owner.ask(TRAIN, { ...signed(h, TRAIN), model_id: id }, { headers: payFor(id, 7) })
    // Nothing is a message, too: of a model that was created.
    expect(trained.details).toBe(text === '' ? '' : `issue with service: ${text}`)
    expect(h.world.writes.length).toBe(text === '' ? 1 : 0)
  })

  test.each([
    ['no id', Buffer.alloc(0), "invalid request: model id can't be empty"],
    ['the id of another model', Buffer.from([10, 2, 109, 49]), 'the service gave a new model the id of another: m1'],
    [
      'an id for terminals',
      Buffer.from([10, 1, 27]),
      'the service answered a model id that is longer than 200 characters, or not plain ASCII',
    ],
  ])('gives a new model %s takes nobody’s model', async (_what, answer, text) => {
    await using h = await openHarness()
    await h.createModel({ name: 'mine' })
    h.provider.misbehave['create_model'] = answer
    const request = { name: 'theirs', grpc_method_name: 'a', grpc_service_name: 'b' }
    const authorization = h.stranger.signed('create_model', h.world.block)
    const created = await h.stranger.ask('create_model', { authorization, model: request })
    expect(created.code).toBe(14)
    expect(created.details).toContain(text)
    expect((await h.owner.ask('get_all_models', signed(h, 'unified'))).message['list_of_models']).toMatchObject([
      { name: 'mine', model_id: 'm1' },
    ])
  })
})

test('everybody may ask what can be trained', async () => {
  await using h = await openHarness()
  const { message } = await h.owner.ask('get_training_metadata', {})
  expect(message).toMatchObject({ trainingEnabled: true, trainingInProto: true })
  expect(JSON.parse(JSON.stringify(message['trainingMethods']))).toEqual({
    Ear: { values: ['stt', 'tts'].map((stringValue) => ({ kind: 'stringValue', stringValue })) },
  })
  const ask = async (request: object) => (await h.owner.ask('get_method_metadata', request)).message
  const first = { default_model_id: 'first', dataset_max_size_mb: '3' }
  expect(await ask({ grpc_service_name: 'Ear', grpc_method_name: 'stt' })).toEqual(first)
  expect(await ask({ grpc_service_name: 'learn.Ear', grpc_method_name: 'mute' })).toEqual({ dataset_type: 'zip' })
  expect(await ask({ grpc_service_name: 'other.Ear', grpc_method_name: 'tts' })).toEqual({})
  expect(await ask({ grpc_service_name: 'Nose', grpc_method_name: 'stt' })).toEqual({})
  expect(await ask({ model_id: await h.createModel() })).toEqual(first)
  expect(METHODS).toHaveLength(3)
})

test('where nothing is trained, every method says so, whatever it is sent, and nothing is paid', async () => {
  await using h = await openHarness({ isOff: true })
  const names = ['create_model', 'train_model', 'validate_model', 'get_all_models', 'get_training_metadata']
  const answers = [
    ...(await Promise.all(names.map((name) => h.owner.ask(name, {}, { headers: payFor('m1', 7) })))),
    await h.owner.upload([{}], { headers: payFor('m1', 7) }),
    await h.owner.upload([]),
  ]
  for (const answer of answers)
    expect(answer).toMatchObject({
      code: 9,
      details: 'service end point is not defined or is invalid , please contact the AI developer',
    })
  expect(h.provider.asked).toEqual([])
})
