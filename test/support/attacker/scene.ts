import { setMaxListeners } from 'node:events'
import { Books } from './books.js'
import type { Dice } from './dice.js'
import type { AttackPlan, Place } from './plan.js'

/** Where attacks are made, and what is seen there. */
export class Scene {
  readonly books: Books
  readonly found: string[] = []
  readonly #end = new AbortController()

  constructor(readonly plan: AttackPlan) {
    setMaxListeners(0, this.#end.signal)
    this.books = new Books(plan, (what) => this.find(what))
  }

  /** Aborts when everything has to be left alone. */
  get signal(): AbortSignal {
    return this.#end.signal
  }

  end(): void {
    this.#end.abort()
  }

  place(name: Place['name']): Place {
    return this.plan.places.find((place) => place.name === name) as Place
  }

  /** One of the gate's ports. */
  gate(dice: Dice): Place {
    return this.place(dice.oneIn(3) ? 'tls' : 'open')
  }

  /** Keeps what must not be; the first of them tell enough. */
  find(what: string): void {
    if (this.found.length < MAX_FOUND) this.found.push(what)
  }

  /** Nobody listens any more: there is nothing left to attack, and what came last is what did it. */
  refused(place: Place): void {
    this.find(`nobody listens at the port "${place.name}" any more`)
    this.end()
  }
}

const MAX_FOUND = 50

/** One attack, chosen in full: the same dice make the same one. */
export interface Act {
  /** Its numbers, for whoever has to do it again. */
  readonly words: string
  run(): Promise<unknown>
}

export interface Kind {
  readonly name: string
  /** How often it is chosen, in comparison; 1 when missing. */
  readonly often?: number
  plan(dice: Dice, scene: Scene): Act
}
