/** While etcd answers one request it can take the next. */
const MOST_IN_FLIGHT = 2
/** So few are not worth two requests. */
const FEW = 20

/** Sends what comes up in one turn of the event loop together; what waits while requests are under way goes with the next. */
export class Turns<Item> {
  readonly #waiting = new Set<Item>()
  readonly #take: (waiting: Set<Item>, most: number) => readonly Item[]
  readonly #send: (taken: readonly Item[]) => Promise<void>
  #inFlight = 0
  #isPlanned = false

  /**
   * @param take takes at most so many that travel together out of all who wait
   * @param send never rejects: it tells each of them how it went
   */
  constructor(
    take: (waiting: Set<Item>, most: number) => readonly Item[],
    send: (taken: readonly Item[]) => Promise<void>,
  ) {
    this.#take = take
    this.#send = send
  }

  add(item: Item): void {
    this.#waiting.add(item)
    this.#plan()
  }

  /** What waits is spread over all requests that may be made, so that one is prepared while etcd is at another. */
  get #share(): number {
    const { size } = this.#waiting
    return size <= FEW ? size : Math.ceil(size / (MOST_IN_FLIGHT - this.#inFlight))
  }

  #plan(): void {
    if (this.#isPlanned || this.#inFlight >= MOST_IN_FLIGHT || this.#waiting.size === 0) return
    this.#isPlanned = true
    setImmediate(() => {
      this.#isPlanned = false
      const taken = this.#take(this.#waiting, this.#share)
      this.#inFlight++
      void this.#send(taken).finally(() => {
        this.#inFlight--
        this.#plan()
      })
      this.#plan()
    })
  }
}
