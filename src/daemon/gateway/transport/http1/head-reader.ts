/** Of a probe's request only the first line matters; of one for permission its fields, as far as a browser sends them. */
const MAX_LINE_BYTES = 2_048
const MAX_OPTIONS_BYTES = 8_192
const WITH_FIELDS = /^(?:OPTIONS|POST) /

/** The beginning of a request, as far as it matters to who answers it. */
export interface Beginning {
  readonly line: string
  /** Line by line, up to the empty one; nothing where they do not matter. */
  readonly fields: string
  /** What has come behind it. */
  readonly ahead: Buffer
  /** More fields than anybody reads. */
  readonly isTooLarge: boolean
}

/** Collects the beginning of a request as it comes. */
export class HeadReader {
  readonly #maxBytes: number
  readonly #readsAll: boolean
  #seen = ''
  #searched = 0
  #line = ''

  /**
   * @param maxHeaderBytes the fields of a call, which are all read
   * @param readsAll whether a request of any method may be one
   */
  constructor(maxHeaderBytes: number, readsAll: boolean) {
    this.#readsAll = readsAll
    this.#maxBytes = MAX_LINE_BYTES + maxHeaderBytes
  }

  /** Undefined as long as more has to come. */
  take(bytes: Buffer): Beginning | undefined {
    this.#seen += bytes.toString('latin1')
    if (this.#line === '') {
      this.#line = this.#seen.slice(0, this.#seen.indexOf('\n', this.#searched) + 1)
      if (this.#line === '') return this.#waitFor(MAX_LINE_BYTES, false)
      this.#searched = this.#line.length - 1
      if (!this.#readsAll && !WITH_FIELDS.test(this.#line)) return this.#endAt(this.#line.length, false)
    }
    const end = /\n\r?\n/g
    end.lastIndex = Math.max(this.#line.length - 1, this.#searched - 2)
    if (end.test(this.#seen)) return this.#endAt(end.lastIndex, false)
    const mayBeCall = this.#readsAll || this.#line.startsWith('POST')
    return mayBeCall ? this.#waitFor(this.#maxBytes, true) : this.#waitFor(MAX_OPTIONS_BYTES, false)
  }

  #waitFor(maxBytes: number, isTooLarge: boolean): Beginning | undefined {
    this.#searched = this.#seen.length
    return this.#searched < maxBytes ? undefined : this.#endAt(this.#searched, isTooLarge)
  }

  #endAt(end: number, isTooLarge: boolean): Beginning {
    return {
      line: this.#line,
      fields: this.#seen.slice(this.#line.length, end),
      ahead: Buffer.from(this.#seen.slice(end), 'latin1'),
      isTooLarge,
    }
  }
}
