import { describe, expect, test } from 'vitest'
import type { TrainingAnswer, TrainingClient } from '../../../support/training-client.js'
import { type Harness, openHarness, payFor } from './harness.js'

/** The methods that are paid for, each with the one that tells its price. */
const PRICE_OF = {
  validate_model: 'validate_model_price',
  train_model: 'train_model_price',
  upload_and_validate: 'validate_model_price',
} as const
type Paid = keyof typeof PRICE_OF
const METHODS = Object.keys(PRICE_OF) as Paid[]

interface Asked {
  readonly id: string
  readonly client?: TrainingClient
  readonly paid?: number
  /** The model that the header names. */
  readonly named?: string
}

function askFor(h: Harness, method: Paid, { id, client = h.owner, paid = 7, named = id }: Asked) {
  const authorization = client.signed(method, h.world.block)
  const headers = payFor(named, paid)
  const part = {
    authorization,
    upload_input: { model_id: id, data: Buffer.from('x'), batch_number: 1, batch_count: 1 },
  }
  if (method === 'upload_and_validate') return client.upload([part], { headers })
  return client.ask(method, { authorization, model_id: id }, { headers })
}

function askPrice(h: Harness, method: Paid, id: string, client = h.owner): Promise<TrainingAnswer> {
  const name = PRICE_OF[method]
  return client.ask(name, { authorization: client.signed(name, h.world.block), model_id: id })
}

const isAsked = ({ provider }: Harness, ...names: string[]): boolean =>
  provider.asked.some(({ method }) => names.includes(method))

/** Nothing was paid, nobody has worked, and the next payment finds the channel free. */
function nothingHappened(h: Harness, method: Paid): void {
  expect([h.world.writes.length, h.world.held.size, isAsked(h, method)]).toEqual([0, 0, false])
}

const GONE = (id: string) =>
  `unable to access model: daemon storage error: error in getting data from model storage: model data doesn't exist for modelID: ${id}`
const NOT_OWNED = 'unable to access model: error in updating model state: only owner can change the model state'

describe.each(METHODS)('%s is refused, and nothing is paid or kept busy,', (method) => {
  test.each([true, false])('for a model that is not there (price asked before: %s)', async (asksPrice) => {
    await using h = await openHarness()
    if (asksPrice) expect(await askPrice(h, method, 'm9')).toMatchObject({ code: 5, details: GONE('m9') })
    expect(await askFor(h, method, { id: 'm9' })).toMatchObject({ code: 5, details: GONE('m9') })
    nothingHappened(h, method)
    expect(h.provider.asked).toEqual([])
  })

  test.each([true, false])('for a model of somebody else, even shared (price asked before: %s)', async (asksPrice) => {
    await using h = await openHarness()
    const id = await h.createModel({ is_public: true, address_list: [h.stranger.address] })
    // Its owner has asked, which makes it no other’s.
    expect((await askPrice(h, method, id)).message).toEqual({ price: '7' })
    if (asksPrice) expect(await askPrice(h, method, id, h.stranger)).toMatchObject({ code: 7, details: NOT_OWNED })
    const answer = await askFor(h, method, { id, client: h.stranger })
    expect(answer).toMatchObject({ code: 7, details: NOT_OWNED })
    nothingHappened(h, method)
  })

  test('for a model that was deleted since its price was told', async () => {
    await using h = await openHarness()
    const id = await h.createModel()
    expect((await askPrice(h, method, id)).code).toBe(0)
    const removal = { authorization: h.owner.signed('delete_model', h.world.block), model_id: id }
    expect((await h.owner.ask('delete_model', removal)).code).toBe(0)
    expect(await askFor(h, method, { id })).toMatchObject({ code: 5, details: GONE(id) })
    nothingHappened(h, method)
  })

  test('where the header names another model, that of a lower price', async () => {
    await using h = await openHarness()
    const [cheap, dear] = [await h.createModel(), await h.createModel()]
    const answer = await askFor(h, method, { id: dear, named: cheap })
    expect([answer.code, answer.details]).toEqual([3, 'snet-train-model-id names another model than the request'])
    nothingHappened(h, method)
    expect(isAsked(h, PRICE_OF[method])).toBe(false)
  })
})

describe.each(METHODS)('%s is paid', (method) => {
  test('at the price of the moment, whatever it was when it was told', async () => {
    await using h = await openHarness()
    const id = await h.createModel()
    expect((await askPrice(h, method, id)).message).toEqual({ price: '7' })
    h.provider.price = 9n
    const refused = await askFor(h, method, { id, paid: 7 })
    expect([refused.code, refused.details]).toEqual([16, 'income 7 does not equal to price 9'])
    expect([h.world.writes.length, h.world.held.size]).toEqual([0, 0])
    expect((await askFor(h, method, { id, paid: 9 })).code).toBe(0)
    expect(h.world.writes.map(({ channel }) => channel.authorized)).toEqual([9n])
  })

  test('once the service has done its work, and the same amount works again where it has not', async () => {
    await using h = await openHarness()
    const id = await h.createModel()
    h.provider.misbehave[method] = 'fail'
    const failed = await askFor(h, method, { id })
    expect([failed.code, failed.details]).toEqual([
      14,
      'issue with service: the service answered INVALID_ARGUMENT: no: 100 % ✓',
    ])
    expect([h.world.writes.length, h.world.held.size]).toEqual([0, 0])
    h.provider.misbehave = {}
    expect((await askFor(h, method, { id })).code).toBe(0)
    expect(h.world.writes.map(({ channel }) => channel.authorized)).toEqual([7n])
  })

  test('never where a price cannot be had', async () => {
    await using h = await openHarness()
    const id = await h.createModel()
    h.provider.misbehave[PRICE_OF[method]] = 'fail'
    expect(await askFor(h, method, { id, paid: 0 })).toMatchObject({ code: 14 })
    nothingHappened(h, method)
  })
})
