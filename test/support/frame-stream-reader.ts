export interface ReadFrame {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly payload: Buffer
}

/** Cuts what a peer sends into frames. */
export class FrameStreamReader {
  #left = Buffer.alloc(0)

  /** The frames that are whole now. */
  push(bytes: Buffer): ReadFrame[] {
    this.#left = Buffer.concat([this.#left, bytes])
    const frames: ReadFrame[] = []
    let at = 0
    for (let end = this.#endFrom(at); end <= this.#left.length; at = end, end = this.#endFrom(at)) {
      const [type, flags] = [this.#left.readUInt8(at + 3), this.#left.readUInt8(at + 4)]
      frames.push({ type, flags, stream: this.#left.readUInt32BE(at + 5), payload: this.#left.subarray(at + 9, end) })
    }
    this.#left = this.#left.subarray(at)
    return frames
  }

  #endFrom(at: number): number {
    return at + 9 <= this.#left.length ? at + 9 + this.#left.readUIntBE(at, 3) : Infinity
  }
}
