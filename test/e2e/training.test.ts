import { expect, test } from 'vitest'
import { openTestNetwork } from '../support/network.js'
import { askState, clientOf } from '../support/payer.js'
import { startTrainingGate } from '../support/training-gate.js'

const TITLE = 'models are created, fed and trained through a daemon, which holds little of what it passes on'

test(TITLE, { timeout: 240_000 }, async () => {
  await using network = await openTestNetwork()
  await using training = await startTrainingGate(network)
  const { client, provider, gate } = training
  const heartbeat = (await (await fetch(`http://${gate.endpoint}/heartbeat`)).json()) as Record<string, unknown>
  expect(heartbeat['trainingMetadata']).toEqual({
    trainingEnabled: true,
    trainingInProto: true,
    trainingMethods: { Ear: ['stt'] },
  })
  const model = await training.createModel()

  const { answer, memory } = await training.upload(model, 64, 7n)
  expect(answer).toEqual({ code: 0, details: '', message: { status: 'VALIDATING' } })
  expect(provider.uploaded).toEqual({ parts: 64, bytes: 64 * 2 ** 20, ended: 1 })
  const [before = 0] = memory
  // All of it would be 64 MiB more; what V8 has not collected yet of passing messages is some.
  expect(Math.max(...memory) - before).toBeLessThan(48)

  const request = { authorization: await training.authorization('train_model'), model_id: model }
  const wrong = await client.ask('train_model', request, { headers: training.payFor(model, 15n) })
  expect([wrong.code, wrong.details]).toEqual([16, 'income 8 does not equal to price 7'])
  expect((await client.ask('train_model', request, { headers: training.payFor(model, 14n) })).code).toBe(0)

  using ofGate = clientOf({ ...network, endpoint: gate.endpoint })
  expect((await askState(network, ofGate, network.channel)).amount).toBe(14n)
})
