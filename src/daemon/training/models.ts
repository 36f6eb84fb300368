import { prefixError, SnetError } from '../../shared/errors.js'
import type { RecordTable } from '../payments/ports.js'
import { isModelId, type Model, type ModelStatus, withStatus } from './model.js'
import { noSuchModel } from './refusals.js'

/** The models of one service, each kept whole in one record: what changes of it changes at once. */
export class Models {
  readonly #table: RecordTable<Model>
  readonly #prefix: string

  /** @param service services of a group share their store */
  constructor(table: RecordTable<Model>, service: string) {
    this.#table = table
    this.#prefix = `${encodeURIComponent(service)}/`
  }

  async find(id: string): Promise<Model | undefined> {
    if (!isModelId(id)) return undefined
    try {
      return await this.#table.read(this.#prefix + id)
    } catch (cause) {
      throw prefixError('daemon storage error: error in getting data from model storage: ', cause)
    }
  }

  /** Error: `upstream-failed` for an id that is taken: the record of another model must not become this one's. */
  async add(model: Model): Promise<void> {
    await this.#write(model.id, (now) => {
      if (now) throw new SnetError('upstream-failed', `the service gave a new model the id of another: ${model.id}`)
      return model
    })
  }

  /** What the model becomes. Error: `not-found`; what `change` throws. */
  change(id: string, change: (now: Model) => Model): Promise<Model> {
    return this.#write(id, (now) => {
      if (!now) throw noSuchModel(id)
      return change(now)
    })
  }

  /** What the model is with the status that the service tells of it; written where that is news. Error: `not-found`. */
  async setStatus(id: string, status: ModelStatus): Promise<Model> {
    const known = await this.find(id)
    return known?.status === status ? known : await this.change(id, (now) => withStatus(now, status))
  }

  async *list(): AsyncGenerator<Model> {
    for await (const [key, model] of this.#table.list()) if (key.startsWith(this.#prefix)) yield model
  }

  async #write(id: string, change: (now: Model | undefined) => Model): Promise<Model> {
    try {
      return await this.#table.change(this.#prefix + id, (now) => {
        const value = change(now)
        return { value, result: value }
      })
    } catch (fault) {
      if (fault instanceof SnetError && fault.kind === 'storage-failed')
        throw prefixError('daemon storage error: ', fault)
      throw fault
    }
  }
}
