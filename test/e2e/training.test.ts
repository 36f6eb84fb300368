import { type MethodDefinition, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { loadTrainingDaemon, type ModelResponse } from '../../src/shared/wire/index.js'
import { makeCertificates } from '../support/certificates.js'
import type { RawClient } from '../support/echo-service.js'
import { hostileFields, hostileRequests } from '../support/hostile-requests.js'
import { openTestNetwork } from '../support/network.js'
import { asMetadata, askState, clientOf } from '../support/payer.js'
import { startTrainingGate, type TrainingGate } from '../support/training-gate.js'
import { until } from '../support/until.js'

let network: Network
let training: TrainingGate
beforeAll(async () => {
  network = await openTestNetwork()
  training = await startTrainingGate(network)
}, 120_000)
afterAll(async () => {
  await training?.[Symbol.asyncDispose]()
  await network?.[Symbol.asyncDispose]()
})

const PRICE = 7n
const rawClient = (): RawClient => clientOf({ ...network, endpoint: training.gate.endpoint })

/** What was paid on the network's channel in all. */
async function paid(): Promise<bigint> {
  using client = rawClient()
  return (await askState(network, client, network.channel)).amount
}

const models = async (): Promise<readonly ModelResponse[]> => {
  const request = { authorization: await training.authorization('unified') }
  const { message, code, details } = await training.client.ask('get_all_models', request)
  if (code !== 0) throw new Error(details)
  return (message['list_of_models'] ?? []) as ModelResponse[]
}

const train = async (model: string, amount: bigint) => {
  const request = { authorization: await training.authorization('train_model'), model_id: model }
  return await training.client.ask('train_model', request, { headers: training.payFor(model, amount) })
}

const TITLE = 'models are created, fed and trained through a daemon, which holds little of what it passes on'

test(TITLE, { timeout: 240_000 }, async () => {
  const { provider, gate } = training
  const heartbeat = (await (await fetch(`http://${gate.endpoint}/heartbeat`)).json()) as Record<string, unknown>
  expect(heartbeat['trainingMetadata']).toEqual({
    trainingEnabled: true,
    trainingInProto: true,
    trainingMethods: { Ear: ['stt'] },
  })
  const model = await training.createModel()

  const parts = 256
  const { answer, memory } = await training.upload(model, parts, PRICE)
  expect(answer).toEqual({ code: 0, details: '', message: { status: 'VALIDATING' } })
  expect(provider.uploaded).toEqual({ parts, bytes: parts * 2 ** 20, ended: 1 })
  const [before = 0] = memory
  // All of it would be 256 MiB more; what V8 has not collected yet of passing messages is some 20 to 60.
  expect(Math.max(...memory) - before).toBeLessThan(parts / 2)

  const wrong = await train(model, 2n * PRICE + 1n)
  expect([wrong.code, wrong.details]).toEqual([16, 'income 8 does not equal to price 7'])
  expect((await train(model, 2n * PRICE)).code).toBe(0)
  expect(await paid()).toBe(2n * PRICE)
})

describe('whatever strangers send to a daemon that trains', () => {
  const { service } = loadTrainingDaemon()
  const methods = Object.values(service)
  const CommonRequest = service['delete_model'] as MethodDefinition<object, object>
  const UNFORESEEN = 'internal error, the daemon'
  const UNKNOWN: number = status.UNKNOWN

  test.each(methods.map(({ path }) => path))('%s answers it with an ordinary error, and lives on', async (path) => {
    using client = rawClient()
    const [before, authorization] = [await paid(), await training.authorization(path.split('/')[2] as string)]
    // Some come as far as what somebody asks who may, and as what is paid for.
    const signed = CommonRequest.requestSerialize({ authorization })
    const asked = [...hostileRequests(40), ...hostileFields(40).map((fields) => [Buffer.concat([fields, signed])])]
    const headers = asMetadata(training.payFor('m1', 0n))
    const answers = await Promise.all([
      ...asked.map((messages) => client.call(path, messages)),
      ...asked.map((messages) => client.call(path, messages, { metadata: headers })),
    ])
    for (const { code, details } of answers) {
      if (code === UNKNOWN) expect(details).toBe('EOF')
      expect(details).not.toContain(UNFORESEEN)
    }
    expect(await paid()).toBe(before)
  })

  test('and the daemon has said of none of it that it did not know what to do, and serves', async () => {
    const { child } = training.gate
    expect(child.lines.filter((line) => line.includes('internal error'))).toEqual([])
    expect(child.process.exitCode).toBeNull()
    const model = await training.createModel()
    expect(await train(model, (await paid()) + PRICE)).toMatchObject({ code: 0 })
  })
})

describe('a daemon that is killed in the middle of', () => {
  test('the creation of a model has nothing of it, and creates the next one', async () => {
    const { provider } = training
    const before = await models()
    const asked = provider.asked.length
    provider.misbehave['create_model'] = 'hang'
    const failed = training.createModel({ name: 'never' }).catch((fault: Error) => fault)
    await until('the service is asked', () => provider.asked.length > asked)
    await training.kill()
    await training.start()
    expect(await failed).toBeInstanceOf(Error)
    provider.misbehave = {}
    expect(await models()).toEqual(before)
    const id = await training.createModel({ name: 'next' })
    expect(await models()).toHaveLength(before.length + 1)
    expect((await models()).find(({ model_id }) => model_id === id)).toMatchObject({ name: 'next', status: 'CREATED' })
  })

  test.each(['upload_and_validate', 'train_model'])(
    '%s has taken nothing for it, and the same amount works again',
    async (method) => {
      const { provider } = training
      const [model, before] = [await training.createModel(), await paid()]
      const work = async () =>
        method === 'train_model'
          ? await train(model, before + PRICE)
          : (await training.upload(model, 4, before + PRICE)).answer
      const [asked, cancelled] = [provider.asked.length, provider.cancelled]
      if (method === 'train_model') provider.misbehave[method] = 'hang'
      else provider.isSlow = true
      const failed = work()
      await until('the service works', () => provider.asked.slice(asked).some((each) => each.method === method))
      await training.kill()
      await training.start()
      expect((await failed).code).not.toBe(0)
      await until('the service hears of it', () => provider.cancelled === cancelled + 1)
      provider.misbehave = {}
      provider.isSlow = false
      expect(await paid()).toBe(before)
      expect((await models()).find(({ model_id }) => model_id === model)).toMatchObject({ status: 'CREATED' })
      expect((await work()).code).toBe(0)
      expect(await paid()).toBe(before + PRICE)
    },
  )

  /** Two states that a model may be in, which no daemon may mix. */
  const SIDES = [1, 2].map((side) => ({
    model_name: `side ${side}`,
    description: `all of side ${side}`,
    address_list: [`0x${String(side).repeat(40)}`],
  }))

  test('many changes at once has each of them whole or not at all', { timeout: 240_000 }, async () => {
    const [first] = SIDES
    const changed = await training.createModel({ ...first, name: first?.model_name })
    const created: string[] = []
    const createOn = async (): Promise<never> => {
      for (;;) created.push(await training.createModel({ name: 'whole' }))
    }
    const changeOn = async (): Promise<void> => {
      for (let i = 0, code = 0; code === 0; i++) {
        const authorization = await training.authorization('update_model')
        const request = { authorization, model_id: changed, ...SIDES[i % 2] }
        code = (await training.client.ask('update_model', request)).code
      }
    }
    for (const goal of [2, 9, 20]) {
      const before = await paid()
      const atWork = Promise.allSettled([createOn(), createOn(), changeOn()])
      const trained = train(changed, before + PRICE)
      await until('some models are created', () => created.length >= goal)
      await training.kill()
      await atWork
      await training.start()
      const [{ code }, after, list] = [await trained, await paid(), await models()]
      // Whoever was told that it is done has paid, and nobody has paid twice.
      if (code === 0) expect(after).toBe(before + PRICE)
      else expect([before, before + PRICE]).toContain(after)
      const ids = list.map(({ model_id }) => model_id)
      expect(created.filter((id) => !ids.includes(id))).toEqual([])
      for (const { name, address_list, created_by_address: creator } of list.filter((one) => one.name === 'whole'))
        expect({ name, list: address_list?.map((each) => each.toLowerCase()) }).toEqual({ name, list: [creator] })
      const { name, description, address_list: access } = list.find((one) => one.model_id === changed) ?? {}
      const side = SIDES.find(({ model_name }) => model_name === name)
      expect({ description, access }).toEqual({
        description: side?.description,
        access: [...(side?.address_list ?? []), training.client.address],
      })
    }
  })
})

test(
  'a service is spoken to over TLS, and by an authority of its provider’s own where the daemon is told of it',
  { timeout: 120_000 },
  async () => {
    await using made = await makeCertificates()
    const tls = made.make('service')
    const options = { service: 'GuardedSvc', tls, path: '/models/', env: { NODE_EXTRA_CA_CERTS: tls.certFile } }
    await using guarded = await startTrainingGate(network, options)
    const model = await guarded.createModel()
    const { answer } = await guarded.upload(model, 2, PRICE)
    expect(answer).toEqual({ code: 0, details: '', message: { status: 'VALIDATING' } })
    expect(guarded.provider.uploaded.bytes).toBe(2 * 2 ** 20)
  },
)
