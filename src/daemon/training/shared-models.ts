import { toAddress } from '../../ethereum/index.js'
import {
  createGobWriter,
  decodeGob,
  defineGob,
  type GobBounds,
  type GobFields,
  gobFields,
  structShape,
  TEXTS,
} from '../../shared/gob/index.js'
import { type Address, isAddress, ZERO_ADDRESS } from '../../shared/units.js'
import { isAtWork, type Model, modelTable, statusOfNumber, numberOfStatus } from './model.js'

type Values = readonly (Uint8Array | undefined)[]

/** Whose models they are, as keys of the reference name them. */
export interface ModelPlace {
  readonly organization: string
  /** Payment group id in base64, as in metadata. */
  readonly group: string
}

interface ListChange {
  readonly key: string
  readonly change: (list: Uint8Array | undefined) => Uint8Array | undefined
}

const MODELS = '//model-user/modelStorage/'
const OF_USERS = '//model-user/userModelStorage/'
const PENDING = '//model-user/pendingModelStorage/'
const PUBLIC = '//model-user/publicModelStorage/'

/** Lists grow with the models of a service, and etcd itself takes no value of more than 1.5 MiB. */
const BOUNDS: GobBounds = { bytes: 2 * 1024 * 1024, nesting: 4, definitions: 16 }
const fieldsOf = (bytes: Uint8Array): GobFields => gobFields(decodeGob(bytes, BOUNDS).value)

/** Models in the layout of the reference, which lists them by who may use them, and those that are at work or public. */
export const sharedModelTable = (place: ModelPlace) => ({ ...modelTable, shared: layoutIn(place) })

const layoutIn = (place: ModelPlace) => ({
  prefix: MODELS,
  keysOf(key: string): readonly string[] {
    const { service, id } = parseKey(key)
    return [`${MODELS}{ID:${scope(place, service)}|${id}}`]
  },
  keyOf(sharedKey: string): string | undefined {
    const { organization, group } = place
    const start = `${MODELS}{ID:${organization}|`
    if (!sharedKey.startsWith(start) || !sharedKey.endsWith('}')) return undefined
    const text = sharedKey.slice(start.length, -1)
    const middle = text.indexOf(`|${group}|`)
    if (middle < 0) return undefined
    return `${encodeURIComponent(text.slice(0, middle))}/${text.slice(middle + group.length + 2)}`
  },
  read: ([bytes]: Values, key: string): Model | undefined => bytes && readModel(fieldsOf(bytes), parseKey(key).id),
  write(model: Model | undefined, key: string, [now]: Values): Values {
    return [model && writeModel({ model, place, service: parseKey(key).service, now })]
  },
  lists(key: string, now: Model | undefined, next: Model | undefined): readonly ListChange[] {
    const { service, id } = parseKey(key)
    const of = scope(place, service)
    const listed = (list: string, write: ListWriter, before: boolean, after: boolean): readonly ListChange[] =>
      before === after ? [] : [{ key: list, change: (bytes) => changeList(bytes, id, { write, isNamed: after }) }]
    return [
      ...usersOf(now, next).flatMap((user) =>
        listed(
          `${OF_USERS}{ID:${of}|${user.toLowerCase()}}`,
          (ids) => writeUserList({ ModelIds: ids, ...placeFields(place, service), UserAddress: user }),
          mayUse(now, user),
          mayUse(next, user),
        ),
      ),
      ...listed(`${PENDING}{ID:${of}}`, (ids) => writePending({ ModelIDs: ids }), isPending(now), isPending(next)),
      ...listed(`${PUBLIC}{ID:${of}}`, (ids) => writePublic({ ModelIDs: ids }), isPublic(now), isPublic(next)),
    ]
  },
})

type ListWriter = (ids: readonly string[]) => Uint8Array

const scope = ({ organization, group }: ModelPlace, service: string): string => `${organization}|${service}|${group}`
const placeFields = ({ organization, group }: ModelPlace, service: string) => ({
  OrganizationId: organization,
  ServiceId: service,
  GroupId: group,
})

/** A key of the table: the service, and the id as the service gave it. */
function parseKey(key: string): { readonly service: string; readonly id: string } {
  const slash = key.indexOf('/')
  return { service: decodeURIComponent(key.slice(0, slash)), id: key.slice(slash + 1) }
}

const usersOf = (...models: (Model | undefined)[]): readonly Address[] => [
  ...new Set(models.flatMap((model) => model?.access ?? [])),
]
const mayUse = (model: Model | undefined, user: Address): boolean =>
  model !== undefined && model.status !== 'DELETED' && model.access.includes(user)
const isPublic = (model: Model | undefined): boolean => model?.isPublic === true && model.status !== 'DELETED'
const isPending = (model: Model | undefined): boolean => model !== undefined && isAtWork(model)

/** The reference can name a model twice; it is named once here, or not at all. Undefined where nothing changes. */
function changeList(
  bytes: Uint8Array | undefined,
  id: string,
  { write, isNamed }: { readonly write: ListWriter; readonly isNamed: boolean },
): Uint8Array | undefined {
  const fields = bytes && fieldsOf(bytes)
  // The two kinds of lists spell the name of their only common field differently.
  const ids = fields ? [...fields.texts('ModelIds'), ...fields.texts('ModelIDs')] : []
  if (ids.includes(id) === isNamed) return undefined
  return write(isNamed ? [...ids, id] : ids.filter((each) => each !== id))
}

const MODEL_FIELDS = [
  ['ModelId', 'string'],
  ['IsPublic', 'bool'],
  ['Status', 'int'],
  ['ModelName', 'string'],
  ['AuthorizedAddresses', TEXTS],
  ['CreatedByAddress', 'string'],
  ['UpdatedByAddress', 'string'],
  ['GroupId', 'string'],
  ['OrganizationId', 'string'],
  ['ServiceId', 'string'],
  ['GRPCMethodName', 'string'],
  ['GRPCServiceName', 'string'],
  ['Description', 'string'],
  ['TrainingLink', 'string'],
  ['ValidatePrice', 'uint'],
  ['TrainPrice', 'uint'],
  ['UpdatedDate', 'string'],
  ['CreatedDate', 'string'],
] as const

/**
 * What Go reads and writes as ModelData, and at its end the times of which the reference keeps only the day: Go skips
 * fields that its type does not have, and a record that it writes again has the day alone.
 */
const writeData = createGobWriter(
  defineGob(structShape('ModelData', ...MODEL_FIELDS, ['CreatedAt', 'string'], ['UpdatedAt', 'string'])),
)

const writeUserList = createGobWriter(
  defineGob(
    structShape(
      'ModelUserData',
      ['ModelIds', TEXTS],
      ['OrganizationId', 'string'],
      ['ServiceId', 'string'],
      ['GroupId', 'string'],
      ['UserAddress', 'string'],
    ),
  ),
)
const writePending = createGobWriter(defineGob(structShape('PendingModelData', ['ModelIDs', TEXTS])))
const writePublic = createGobWriter(defineGob(structShape('PublicModelData', ['ModelIDs', TEXTS])))

function readModel(fields: GobFields, id: string): Model {
  const creator = readAddress(fields.text('CreatedByAddress')) ?? ZERO_ADDRESS
  return {
    id,
    name: fields.text('ModelName'),
    description: fields.text('Description'),
    method: fields.text('GRPCMethodName'),
    service: fields.text('GRPCServiceName'),
    creator,
    access: accessOf(fields.texts('AuthorizedAddresses'), creator),
    isPublic: fields.flag('IsPublic'),
    status: statusOfNumber(Number(fields.integer('Status'))),
    dataLink: fields.text('TrainingLink'),
    createdAt: fields.text('CreatedAt') || isoOf(fields.text('CreatedDate')),
    updatedAt: fields.text('UpdatedAt') || isoOf(fields.text('UpdatedDate')),
    updatedBy: readAddress(fields.text('UpdatedByAddress')) ?? creator,
  }
}

/** The reference keeps any text as an address; nobody can prove to be one that is none. */
const readAddress = (text: string): Address | undefined => (isAddress(text) ? toAddress(text) : undefined)
const accessOf = (texts: readonly string[], creator: Address): Address[] => [
  ...new Set([...texts.flatMap((text) => readAddress(text) ?? []), creator]),
]

function writeModel(facts: {
  readonly model: Model
  readonly place: ModelPlace
  readonly service: string
  readonly now: Uint8Array | undefined
}): Uint8Array {
  const { model, place, service, now } = facts
  // The reference takes the price of a call from here; we ask the service each time.
  const kept = now && fieldsOf(now)
  return writeData({
    ModelId: model.id,
    IsPublic: model.isPublic,
    Status: BigInt(numberOfStatus(model.status)),
    ModelName: model.name,
    AuthorizedAddresses: model.access,
    CreatedByAddress: model.creator.toLowerCase(),
    UpdatedByAddress: model.updatedBy.toLowerCase(),
    ...placeFields(place, service),
    GRPCMethodName: model.method,
    GRPCServiceName: model.service,
    Description: model.description,
    TrainingLink: model.dataLink,
    ValidatePrice: kept?.integer('ValidatePrice'),
    TrainPrice: kept?.integer('TrainPrice'),
    UpdatedDate: dayOf(model.updatedAt),
    CreatedDate: dayOf(model.createdAt),
    CreatedAt: model.createdAt,
    UpdatedAt: model.updatedAt,
  })
}

/** DD-MM-YYYY, of the reference. */
const dayOf = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('-')

function isoOf(day: string): string {
  const [, date = '01', month = '01', year = '1970'] = /^(\d\d)-(\d\d)-(\d{4})$/.exec(day) ?? []
  return `${year}-${month}-${date}T00:00:00.000Z`
}
