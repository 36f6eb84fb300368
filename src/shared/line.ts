/** A place in a line. */
export class Place<T> {
  before: Place<T> | undefined
  after: Place<T> | undefined
  isLeft = false

  constructor(readonly who: T) {}
}

/**
 * Those who came and have not left, in the order in which they came. A Set could say so, too, but one that each call joins and
 * leaves makes its table anew again and again, and whoever stood in an old table V8 takes for alive until its next full
 * collection.
 */
export class Line<T> {
  #first: Place<T> | undefined
  #last: Place<T> | undefined
  #size = 0

  get size(): number {
    return this.#size
  }

  join(who: T): Place<T> {
    const place = new Place(who)
    place.before = this.#last
    if (this.#last) this.#last.after = place
    else this.#first = place
    this.#last = place
    this.#size++
    return place
  }

  /** Does nothing for a place that was left already. */
  leave(place: Place<T>): void {
    const { before, after, isLeft } = place
    if (isLeft) return
    place.isLeft = true
    if (before) before.after = after
    else this.#first = after
    if (after) after.before = before
    else this.#last = before
    // What is kept alive of those who have left must not keep those alive who came after them.
    place.before = place.after = undefined
    this.#size--
  }

  /** Whoever has been here for longest. */
  get oldest(): T | undefined {
    return this.#first?.who
  }

  /** The same, who has left then; undefined where nobody is. */
  takeOldest(): T | undefined {
    const place = this.#first
    if (place) this.leave(place)
    return place?.who
  }

  /** A copy: whoever is looked at may leave meanwhile, and take others along. */
  get all(): T[] {
    const all: T[] = []
    for (let place = this.#first; place; place = place.after) all.push(place.who)
    return all
  }
}
