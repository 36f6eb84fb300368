export interface Arrived {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly payload: Buffer
}

const HEAD_BYTES = 9

/** Cuts what arrives into whole frames. */
export class FrameCutter {
  #bytes: Buffer = Buffer.alloc(0)

  /** @param skip bytes before the first frame */
  constructor(private skip = 0) {}

  push(chunk: Buffer): Arrived[] {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk])
    const skipped = Math.min(this.skip, this.#bytes.length)
    this.skip -= skipped
    let at = skipped
    const frames: Arrived[] = []
    for (let end = endOf(this.#bytes, at); end <= this.#bytes.length; end = endOf(this.#bytes, at)) {
      frames.push({
        type: this.#bytes[at + 3] as number,
        flags: this.#bytes[at + 4] as number,
        stream: this.#bytes.readUInt32BE(at + 5) & 0x7fffffff,
        payload: this.#bytes.subarray(at + HEAD_BYTES, end),
      })
      at = end
    }
    this.#bytes = this.#bytes.subarray(at)
    return frames
  }
}

const endOf = (bytes: Buffer, at: number): number =>
  at + HEAD_BYTES <= bytes.length ? at + HEAD_BYTES + bytes.readUIntBE(at, 3) : Infinity

/** What a HEADERS or DATA frame carries, without padding and priority. */
export function contentOf({ flags, payload }: Arrived, isHeaders: boolean): Buffer {
  const isPadded = (flags & 8) !== 0
  const start = (isPadded ? 1 : 0) + (isHeaders && (flags & 32) !== 0 ? 5 : 0)
  return payload.subarray(start, payload.length - (isPadded ? (payload[0] as number) : 0))
}
