import { messageOf } from '../../../../shared/errors.js'
import type { Live } from '../../../../shared/live.js'
import type { Log } from '../../../observability/index.js'
import type { TranslatedMethod, TranslatedMethods } from '../message-codec.js'
import { createMethodNames } from '../method-names.js'
import { annotatedRoute, plainRoute, type Route } from './route.js'

/** A method, and how it is reached. */
export interface RouteTo {
  readonly method: TranslatedMethod
  readonly route: Route
}

/** How the methods of the service are reached, by their full paths; made anew when others are published. */
export class Routes {
  readonly #methods: Live<TranslatedMethods>
  readonly #log: Log
  readonly #nameOf: (path: string) => string
  #madeOf: TranslatedMethods | undefined
  #routes: ReadonlyMap<string, RouteTo> = new Map()

  constructor(methods: Live<TranslatedMethods>, log: Log) {
    this.#methods = methods
    this.#log = log
    this.#nameOf = createMethodNames(methods)
    this.#update()
  }

  find(path: string): RouteTo | undefined {
    this.#update()
    return this.#routes.get(path)
  }

  #update(): void {
    const { current } = this.#methods
    if (current === this.#madeOf) return
    this.#madeOf = current
    this.#routes = new Map(
      current.paths.flatMap((path) => {
        const method = current.find(path)
        return method ? [[path, { method, route: this.#routeOf(path, method) }] as const] : []
      }),
    )
  }

  #routeOf(path: string, method: TranslatedMethod): Route {
    const plain = plainRoute(() => this.#nameOf(path))
    if (method.http.length === 0) return plain
    try {
      return annotatedRoute(method)
    } catch (fault) {
      this.#log.warn('google.api.http of a method cannot be followed, so it is reached by its name', {
        method: path,
        reason: messageOf(fault),
      })
      return plain
    }
  }
}
