import type { Address } from '../../shared/units.js'

/** In the order of their numbers on the wire. */
const STATUSES = ['CREATED', 'VALIDATING', 'VALIDATED', 'TRAINING', 'READY_TO_USE', 'ERRORED', 'DELETED'] as const

export type ModelStatus = (typeof STATUSES)[number]

export const isModelStatus = (value: unknown): value is ModelStatus => (STATUSES as readonly unknown[]).includes(value)

/** The numbers of the wire, by which the reference keeps a status. */
export const numberOfStatus = (status: ModelStatus): number => STATUSES.indexOf(status)

/** Throws for a number that no status has. */
export function statusOfNumber(number: number): ModelStatus {
  const status = STATUSES[number]
  if (status === undefined) throw new Error(`there is no status ${number}`)
  return status
}

/** The service works on it, and will have another status without being asked. */
export const isAtWork = ({ status }: Pick<Model, 'status'>): boolean => status === 'VALIDATING' || status === 'TRAINING'

/** What the daemon keeps of a model: what it is for, whose it is, and who may use it. The model itself is the service's. */
export interface Model {
  /** As the service named it. */
  readonly id: string
  readonly name: string
  readonly description: string
  /** The method that it is for, as its creator named them. */
  readonly method: string
  readonly service: string
  readonly creator: Address
  /** Who may use it where it is not public; the creator always is among them. */
  readonly access: readonly Address[]
  readonly isPublic: boolean
  readonly status: ModelStatus
  readonly dataLink: string
  /** ISO 8601. */
  readonly createdAt: string
  readonly updatedAt: string
  readonly updatedBy: Address
}

/** The model with what the service tells of it; what is deleted stays so. */
export const withStatus = (now: Model, status: ModelStatus): Model =>
  now.status === 'DELETED' ? now : { ...now, status }

/** Text that can be a key and stand in a header: services give ids of a few dozen characters. */
export const isModelId = (text: string): boolean => /^[\x20-\x7e]{1,200}$/.test(text)

/** A model's fields as the store reads them. */
interface Fields {
  text(name: string): string
  texts(name: string): readonly string[]
  flag(name: string): boolean
  hex(name: string, byteCount: number): string
}

/** How models are kept, for the store. */
export const modelTable = {
  name: 'model',
  encode: (model: Model): object => model,
  decode: (fields: Fields): Model => ({
    id: fields.text('id'),
    name: fields.text('name'),
    description: fields.text('description'),
    method: fields.text('method'),
    service: fields.text('service'),
    creator: fields.hex('creator', 20) as Address,
    access: fields.texts('access') as Address[],
    isPublic: fields.flag('isPublic'),
    status: requireStatus(fields.text('status')),
    dataLink: fields.text('dataLink'),
    createdAt: fields.text('createdAt'),
    updatedAt: fields.text('updatedAt'),
    updatedBy: fields.hex('updatedBy', 20) as Address,
  }),
}

function requireStatus(text: string): ModelStatus {
  if (isModelStatus(text)) return text
  throw new Error('field status is damaged')
}
