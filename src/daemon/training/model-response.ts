import type { ModelResponse } from '../../shared/wire/index.js'
import type { Model } from './model.js'

/** A model as clients see it; its creator in lower case, as they have always got him. */
export const toModelResponse = (model: Model): ModelResponse => ({
  model_id: model.id,
  status: model.status,
  created_date: dateOf(model.createdAt),
  updated_date: dateOf(model.updatedAt),
  name: model.name,
  description: model.description,
  grpc_method_name: model.method,
  grpc_service_name: model.service,
  address_list: model.access,
  is_public: model.isPublic,
  training_data_link: model.dataLink,
  created_by_address: model.creator.toLowerCase(),
  updated_by_address: model.updatedBy.toLowerCase(),
})

/** DD-MM-YYYY. */
const dateOf = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('-')
