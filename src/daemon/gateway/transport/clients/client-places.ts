import { placeOf } from '../../../../shared/address-set.js'

/** How many connections each client has, bounded. */
export class ClientPlaces {
  readonly #max: number
  readonly #taken = new Map<string, number>()

  constructor(max: number) {
    this.#max = max
  }

  /** False when the client has as many as it may. */
  enter(client: string): boolean {
    const place = placeOf(client)
    const taken = this.#taken.get(place) ?? 0
    if (taken >= this.#max) return false
    this.#taken.set(place, taken + 1)
    return true
  }

  leave(client: string): void {
    const place = placeOf(client)
    const left = (this.#taken.get(place) ?? 0) - 1
    if (left > 0) this.#taken.set(place, left)
    else this.#taken.delete(place)
  }
}
