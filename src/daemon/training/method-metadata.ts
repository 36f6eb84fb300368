import { noSuchModel } from './refusals.js'
import type { Models } from './models.js'
import type { MethodMetadata, MethodMetadataRequest, TrainingMetadata } from '../../shared/wire/index.js'

/** A method of the service as its proto files declare it. */
export interface ModelMethod {
  /** Full name, `package.Service`. */
  readonly service: string
  readonly name: string
  /** Its request has a field of type `training.ModelID`. */
  readonly takesModel: boolean
  /** Options of the package `training` by their bare names. */
  readonly options: Readonly<Record<string, string | number | boolean>>
}

const TEXTS = ['default_model_id', 'dataset_files_type', 'dataset_type', 'dataset_description'] as const
const NUMBERS = [
  'max_models_per_user',
  'dataset_max_size_mb',
  'dataset_max_count_files',
  'dataset_max_size_single_file_mb',
] as const

const shortName = (service: string): string => service.slice(service.lastIndexOf('.') + 1)

/** Which methods take a model, by the bare names of their services (snet-behaviour 3.8). */
export function modelMethodsByService(methods: readonly ModelMethod[]): Record<string, string[]> {
  const names = new Map<string, string[]>()
  for (const { service, name, takesModel } of methods) {
    if (!takesModel) continue
    names.set(shortName(service), [...(names.get(shortName(service)) ?? []), name])
  }
  return Object.fromEntries(names)
}

export const trainingMetadata = (methods: readonly ModelMethod[]): TrainingMetadata => ({
  trainingEnabled: true,
  trainingInProto: true,
  trainingMethods: Object.fromEntries(
    Object.entries(modelMethodsByService(methods)).map(([service, names]) => [
      service,
      { values: names.map((stringValue) => ({ kind: 'stringValue' as const, stringValue })) },
    ]),
  ),
})

/** What may be trained for a method, or for that of a model; nothing for names that the service does not have. */
export async function methodMetadata(
  { models, methods }: { readonly models: Models; readonly methods: readonly ModelMethod[] },
  { model_id: id = '', grpc_service_name: service = '', grpc_method_name: method = '' }: MethodMetadataRequest,
): Promise<MethodMetadata> {
  if (id === '') return metadataOf(methodNamed(methods, service, method))
  const model = await models.find(id)
  if (!model) throw noSuchModel(id)
  return metadataOf(methodNamed(methods, model.service, model.method))
}

/** Clients name services with or without their package. */
export const methodNamed = (
  methods: readonly ModelMethod[],
  service: string,
  method: string,
): ModelMethod | undefined =>
  methods.find((each) => each.name === method && [each.service, shortName(each.service)].includes(service))

export function metadataOf(method: ModelMethod | undefined): MethodMetadata {
  const options = method?.options ?? {}
  const texts = TEXTS.flatMap((name) => {
    const value = options[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  const numbers = NUMBERS.flatMap((name) => {
    const value = options[name]
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? [[name, String(value)]] : []
  })
  return Object.fromEntries([...texts, ...numbers]) as MethodMetadata
}
