import { describe, expect, test } from 'vitest'
import { sharedModelTable } from '../../../../src/daemon/training/index.js'
import type { Model } from '../../../../src/daemon/training/model.js'
import { toAddress } from '../../../../src/ethereum/index.js'
import { decodeGob, gobFields } from '../../../../src/shared/gob/index.js'
import { dumpBelow, gobVectors } from '../../../support/gob-vectors.js'

const GROUP = 'gV9S09I5yOMCYj6W4m/z1ISKlPIWzEQw2sxK+MckHLA='
const SCOPE = `acceptance-org|calc-training|${GROUP}`
const { shared: layout } = sharedModelTable({ organization: 'acceptance-org', group: GROUP })
const dump = dumpBelow(`sepolia/acceptance-org/${GROUP}`)
const CREATOR = toAddress('0x15d34aaf54267db7d7c367839aaf71a00a2c6a65')
const FRIEND = toAddress('0x976EA74026E726554dB657fA54763abd0C3a0aa9')
const STRANGER = toAddress('0x14dC79964da2C08b23698B3D3cc7Ca32193d9955')
const key = (id: string): string => `calc-training/${id}`
const readDump = (id: string): Model => layout.read([dump.get(layout.keysOf(key(id))[0] ?? '')], key(id)) as Model
const fieldsOf = (bytes: Uint8Array | undefined) =>
  gobFields(decodeGob(bytes ?? Buffer.alloc(0), { bytes: 10_000, nesting: 4, definitions: 8 }).value)

describe('models that the reference left', () => {
  test('are found, and lie where it looks for them', () => {
    const keys = [...dump.keys()].flatMap((sharedKey) => {
      const found = layout.keyOf(sharedKey)
      if (found !== undefined) expect(layout.keysOf(found)).toEqual([sharedKey])
      return found ?? []
    })
    expect(keys).toHaveLength(4)
    expect(readDump('model-1795396055387-1')).toEqual({
      id: 'model-1795396055387-1',
      name: 'up shared',
      description: 'about',
      method: 'infer',
      service: 'Trainee',
      creator: CREATOR,
      access: [FRIEND, CREATOR],
      isPublic: false,
      status: 'CREATED',
      dataLink: '',
      createdAt: '2026-11-23T00:00:00.000Z',
      updatedAt: '2026-11-23T00:00:00.000Z',
      updatedBy: CREATOR,
    })
  })

  test('keep the prices that only the reference knows, and its days', () => {
    const [full] = gobVectors().filter(({ name }) => name === 'ModelData full')
    const model = layout.read([full?.bytes], key('m-1')) as Model
    const [written] = layout.write({ ...model, name: 'another' }, key('m-1'), [full?.bytes])
    const fields = fieldsOf(written)
    expect(fields.text('ModelName')).toBe('another')
    expect(fields.integer('ValidatePrice')).toBe(2n ** 40n)
    expect(fields.integer('TrainPrice')).toBe(2n ** 64n - 1n)
    expect(fields.integer('Status')).toBe(4n)
    expect([fields.text('CreatedDate'), fields.text('UpdatedDate')]).toEqual(['01-01-2026', '02-01-2026'])
  })

  test('are read though their addresses are none and their days missing', () => {
    const [zero] = gobVectors().filter(({ name }) => name === 'ModelData zero value')
    expect(layout.read([zero?.bytes], key('m'))).toMatchObject({
      access: [expect.stringMatching(/^0x0+$/)],
      createdAt: '1970-01-01T00:00:00.000Z',
    })
  })
})

const MODEL: Model = {
  ...{ id: 'a|b', name: 'n', description: 'd', method: 'm', service: 's', creator: CREATOR, access: [CREATOR, FRIEND] },
  ...{ isPublic: true, status: 'CREATED', dataLink: 'https://x', updatedBy: FRIEND },
  ...{ createdAt: '2026-11-29T10:11:12.131Z', updatedAt: '2026-11-30T00:00:00.000Z' },
}

test('what we write is read again as it was, times included', () => {
  expect(layout.read(layout.write(MODEL, key('a|b'), []), key('a|b'))).toEqual(MODEL)
  const [sharedKey = ''] = layout.keysOf(key('a|b'))
  expect(sharedKey).toBe(`//model-user/modelStorage/{ID:${SCOPE}|a|b}`)
  expect(layout.keyOf(sharedKey)).toBe(key('a|b'))
  expect(layout.read([undefined], key('a|b'))).toBeUndefined()
  expect(layout.write(undefined, key('a|b'), [])).toEqual([undefined])
})

test('another service, group or organisation is nobody we know', () => {
  expect(layout.keyOf(`//model-user/modelStorage/{ID:other-org|s|${GROUP}|m}`)).toBeUndefined()
  expect(layout.keyOf('//model-user/modelStorage/{ID:acceptance-org|s|AAAA|m}')).toBeUndefined()
  expect(layout.keyOf(`//model-user/userModelStorage/{ID:${SCOPE}|0x}`)).toBeUndefined()
})

describe('the lists of the reference follow', () => {
  const ofUser = (user: string): string => `//model-user/userModelStorage/{ID:${SCOPE}|${user.toLowerCase()}}`
  const PENDING = `//model-user/pendingModelStorage/{ID:${SCOPE}}`
  const PUBLIC = `//model-user/publicModelStorage/{ID:${SCOPE}}`
  const change = (lists: Map<string, Uint8Array>, now: Model | undefined, next: Model | undefined): void => {
    for (const { key: list, change } of layout.lists(key('a|b'), now, next)) {
      const bytes = change(lists.get(list))
      if (bytes) lists.set(list, bytes)
    }
  }
  const idsIn = (bytes: Uint8Array): readonly string[] => [
    ...fieldsOf(bytes).texts('ModelIds'),
    ...fieldsOf(bytes).texts('ModelIDs'),
  ]
  const told = (lists: Map<string, Uint8Array>) =>
    Object.fromEntries([...lists].map(([name, bytes]) => [name, idsIn(bytes)]))

  test('a model from its creation to its end', () => {
    const lists = new Map<string, Uint8Array>()
    change(lists, undefined, MODEL)
    expect(told(lists)).toEqual({ [ofUser(CREATOR)]: ['a|b'], [ofUser(FRIEND)]: ['a|b'], [PUBLIC]: ['a|b'] })
    expect(fieldsOf(lists.get(ofUser(FRIEND))).text('UserAddress')).toBe(FRIEND)
    const shared: Model = { ...MODEL, access: [CREATOR, STRANGER], status: 'TRAINING' }
    change(lists, MODEL, shared)
    expect(told(lists)).toMatchObject({ [ofUser(FRIEND)]: [], [ofUser(STRANGER)]: ['a|b'], [PENDING]: ['a|b'] })
    change(lists, shared, { ...shared, status: 'READY_TO_USE' })
    expect(told(lists)[PENDING]).toEqual([])
    change(lists, shared, { ...shared, status: 'DELETED' })
    expect(Object.values(told(lists)).flat()).toEqual([])
    expect(layout.lists(key('a|b'), MODEL, { ...MODEL, name: 'other' })).toEqual([])
  })

  test('those that the reference left keep what they name, in its order', () => {
    const before = idsIn(dump.get(PENDING) as Buffer)
    const lists = new Map([[PENDING, dump.get(PENDING) as Uint8Array]])
    change(lists, undefined, { ...MODEL, status: 'VALIDATING' })
    expect(idsIn(lists.get(PENDING) as Uint8Array)).toEqual([...before, 'a|b'])
    change(lists, { ...MODEL, status: 'VALIDATING' }, MODEL)
    expect(idsIn(lists.get(PENDING) as Uint8Array)).toEqual(before)
  })

  test('a list that already says so stays as it is', () => {
    const [pending] = layout.lists(key('model-1795396055436-3'), undefined, {
      ...MODEL,
      access: [],
      isPublic: false,
      status: 'TRAINING',
    })
    expect(pending?.key).toBe(PENDING)
    expect(pending?.change(dump.get(PENDING))).toBeUndefined()
  })
})
