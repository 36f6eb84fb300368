/** A longer request is not kept: what each call may take up of memory is bounded. */
const MAX_BYTES = 64 * 1024

/** What has been sent of a request, for as long as it may have to be sent once more. */
export class SentRequest {
  #chunks: Buffer[] | undefined = NONE
  #bytes = 0

  add(chunk: Buffer): void {
    const chunks = this.#chunks
    if (!chunks) return
    this.#bytes += chunk.length
    if (this.#bytes > MAX_BYTES) return this.forget()
    // A list of one, not an empty one that is added to: that would have room for many, and most requests are one chunk.
    if (chunks.length === 0) this.#chunks = [chunk]
    else chunks.push(chunk)
  }

  forget(): void {
    this.#chunks = undefined
  }

  /** All of it; undefined when it was not kept. */
  get all(): Buffer | undefined {
    return this.#chunks && Buffer.concat(this.#chunks)
  }
}

/** Never added to. */
const NONE: Buffer[] = []
