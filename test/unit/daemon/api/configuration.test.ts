import { expect, test } from 'vitest'
import { type ConfigurationDeps, configurationMethods } from '../../../../src/daemon/api/configuration/index.js'
import {
  addressOfKey,
  configurationMessage,
  configurationUpdateMessage,
  signerOf,
  signMessage,
} from '../../../../src/ethereum/index.js'
import type { SnetError } from '../../../../src/shared/errors.js'
import { live } from '../../../../src/shared/live.js'
import { signatureExpired } from '../../../../src/shared/recent-block.js'
import { loadConfigurationService } from '../../../../src/shared/wire/index.js'

const operator = Buffer.alloc(32, 0x55)
const stranger = Buffer.alloc(32, 0x11)
const ID = 'the daemon'
const METHODS = [
  'GetConfiguration',
  'UpdateConfiguration',
  'StopProcessingRequests',
  'StartProcessingRequests',
  'IsDaemonProcessingRequests',
] as const
type Method = (typeof METHODS)[number]
type Settings = Readonly<Record<string, string>>
const CHANGES: Settings = { 'log.level': 'debug', burst_size: '7' }

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** The service with everything behind it in memory, asked over the wire's own bytes. */
class World {
  isPaused = false
  block = 1_000n
  changedAt = 0n
  settings: Record<string, string> = { burst_size: '1' }
  updateFails: SnetError | undefined

  constructor(readonly changes: Partial<ConfigurationDeps> = {}) {}

  readonly #methods = lazily(() =>
    configurationMethods({
      operators: live([addressOfKey(operator)]),
      blocks: { current: () => this.block, refresh: async () => this.block },
      admitChange: async (block) => {
        if (block < this.changedAt) throw signatureExpired()
        this.changedAt = block
      },
      signers: {
        ofMethod: (method, block, signature) => signerOf(configurationMessage(method, block), signature),
        ofUpdate: (updated, block, signature) =>
          signerOf(configurationUpdateMessage({ daemonId: ID, updated }, block), signature),
      },
      group: {
        isPaused: false,
        ...{ pause: async () => void (this.isPaused = true), resume: async () => void (this.isPaused = false) },
      },
      settings: {
        shown: () => this.settings,
        parameters: () => [],
        update: async (changes) => {
          if (this.updateFails) throw this.updateFails
          Object.assign(this.settings, changes)
        },
      },
      ...this.changes,
    }),
  )

  async ask(method: Method, request: object): Promise<unknown> {
    const { service } = loadConfigurationService()
    const found = this.#methods().find(({ path }) => path.endsWith(`/${method}`))
    const decoded = found?.decode(service[method]?.requestSerialize(request) as Buffer)
    const requests = (async function* () {
      yield decoded
    })()
    for await (const answer of found?.answer(requests, {} as never) ?? [])
      return service[method]?.responseDeserialize(found?.encode(answer) as Buffer)
    return undefined
  }

  /** As an operator asks, unless something is said otherwise. */
  async asOperator(method: Method, more: { key?: Buffer; block?: bigint; changes?: Settings; signed?: Settings } = {}) {
    const { key = operator, block = this.block, changes = CHANGES, signed = changes } = more
    const isUpdate = method === 'UpdateConfiguration'
    const message = isUpdate
      ? configurationUpdateMessage({ daemonId: ID, updated: signed }, block)
      : configurationMessage(method, block)
    const auth = { signature: signMessage(key, message), current_block: String(block) }
    return await this.ask(method, { auth, ...(isUpdate && { updated_configuration: changes }) })
  }
}

const refusal = async (asking: Promise<unknown>): Promise<[string, string]> =>
  await asking.then(
    () => expect.fail('nothing was refused'),
    (fault: SnetError) => [fault.kind, fault.message],
  )

test('an operator reads and changes settings, and pauses and resumes', async () => {
  const world = new World()
  expect(await world.asOperator('GetConfiguration')).toMatchObject({ current_configuration: { burst_size: '1' } })
  expect(await world.asOperator('UpdateConfiguration')).toMatchObject({ current_configuration: CHANGES })
  await world.asOperator('StopProcessingRequests')
  expect(world.isPaused).toBe(true)
  await world.asOperator('StartProcessingRequests')
  expect(world.isPaused).toBe(false)
})

test('whether calls are processed is told', async () => {
  const paused = { isPaused: true, pause: async () => undefined, resume: async () => undefined }
  const told = await new World({ group: paused }).asOperator('IsDaemonProcessingRequests')
  expect(told).toEqual({ current_processing_status: 'HAS_STOPPED_PROCESSING_REQUESTS' })
  const going = await new World().asOperator('IsDaemonProcessingRequests')
  expect(going).toEqual({ current_processing_status: 'REQUEST_IN_PROGRESS' })
})

test.each(METHODS)('%s refuses whoever is no operator, and changes nothing', async (method) => {
  const world = new World()
  expect(await refusal(world.ask(method, {}))).toEqual(['unauthenticated', 'the request has no auth'])
  expect(await refusal(world.asOperator(method, { key: stranger }))).toEqual([
    'unauthenticated',
    `unauthorized access, ${addressOfKey(stranger)} is not authorized`,
  ])
  const nobody = new World({ operators: live([]) })
  expect(await refusal(nobody.asOperator(method))).toEqual(['unauthenticated', expect.stringMatching(/^unauthorized/)])
  const auth = (signature: Buffer) => ({ auth: { signature, current_block: '1000' } })
  const lacking = await refusal(world.ask(method, auth(Buffer.alloc(64))))
  expect(lacking).toEqual(['unauthenticated', 'incorrect signature length'])
  const none = await refusal(world.ask(method, auth(Buffer.alloc(65))))
  expect(none).toEqual(['unauthenticated', 'incorrect signature data'])
  expect([world.isPaused, world.settings]).toEqual([false, { burst_size: '1' }])
})

const EXPIRED = ['unauthenticated', 'authentication failed as the signature passed has expired']

test.each(METHODS)('%s takes a signature for five blocks, both ways', async (method) => {
  for (const block of [995n, 1_005n]) await new World().asOperator(method, { block })
  for (const block of [994n, 1_006n, 0n, 2n ** 64n - 1n])
    expect(await refusal(new World().asOperator(method, { block }))).toEqual(EXPIRED)
})

test('what is signed for one method, one block or one daemon is good for no other', async () => {
  const world = new World()
  const signed = signMessage(operator, configurationMessage('GetConfiguration', 1_000n))
  const auth = { signature: signed, current_block: '1000' }
  expect(await refusal(world.ask('StopProcessingRequests', { auth }))).toMatchObject([
    'unauthenticated',
    expect.anything(),
  ])
  const later = { signature: signed, current_block: '1001' }
  expect(await refusal(world.ask('GetConfiguration', { auth: later }))).toMatchObject([
    'unauthenticated',
    expect.anything(),
  ])
  const elsewhere = configurationUpdateMessage({ daemonId: 'another', updated: CHANGES }, 1_000n)
  const there = { signature: signMessage(operator, elsewhere), current_block: '1000' }
  const request = { auth: there, updated_configuration: CHANGES }
  expect(await refusal(world.ask('UpdateConfiguration', request))).toMatchObject(['unauthenticated', expect.anything()])
})

test('an update that is signed for other values is refused', async () => {
  const world = new World()
  const others: Settings[] = [{ ...CHANGES, burst_size: '8' }, { 'log.level': 'debug' }, {}]
  for (const signed of others)
    expect((await refusal(world.asOperator('UpdateConfiguration', { signed })))[0]).toBe('unauthenticated')
  expect(world.settings).toEqual({ burst_size: '1' })
})

test('a change that somebody has overheard is not repeated after a later one', async () => {
  const world = new World()
  await world.asOperator('StopProcessingRequests', { block: 1_000n })
  await world.asOperator('StartProcessingRequests', { block: 1_001n })
  expect(await refusal(world.asOperator('StopProcessingRequests', { block: 1_000n }))).toEqual(EXPIRED)
  expect(world.isPaused).toBe(false)
})

test('without a chain any block is good, and no setting can be changed', async () => {
  const world = new World({ blocks: undefined })
  await world.asOperator('StopProcessingRequests', { block: 7n })
  expect(world.isPaused).toBe(true)
  await world.asOperator('GetConfiguration', { block: 0n })
  expect((await refusal(world.asOperator('UpdateConfiguration')))[0]).toBe('wrong-state')
  expect(world.settings).toEqual({ burst_size: '1' })
})
