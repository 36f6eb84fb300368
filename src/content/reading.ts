import { messageOf, SnetError } from '../shared/errors.js'

/** JSON with whole numbers beyond 2^53 kept exact, as text: one token of 18 decimals is already larger. */
export function parseExactJson(bytes: Uint8Array, what: string): unknown {
  const text = Buffer.from(bytes).toString('utf8')
  const exact = text.replace(/"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^-?\d{16,}$/.test(token) ? `"${token}"` : token,
  )
  try {
    return JSON.parse(exact)
  } catch (cause) {
    throw new SnetError('invalid-config', `${what} is no JSON: ${messageOf(cause)}`, {
      hint: 'Publish the metadata again and register its new address.',
      cause,
    })
  }
}

/** Reads fields of unknown JSON and collects every fault with its path, so that all are told at once. */
export class Reading {
  readonly faults: string[] = []

  /** The object at `path`; an empty one when it is missing, which its fields will tell. */
  object(value: unknown): Record<string, unknown> {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {}
  }

  list(value: unknown, path: string): unknown[] {
    if (Array.isArray(value)) return value
    this.faults.push(`${path} has to be a list`)
    return []
  }

  /** A list of texts; empty when it is missing. */
  texts(value: unknown, path: string): string[] {
    return value === undefined || value === null ? [] : this.list(value, path).map((each) => this.text(each, path))
  }

  text(value: unknown, path: string): string {
    if (typeof value === 'string' && value !== '') return value
    this.faults.push(`${path} has to be a text`)
    return ''
  }

  /** A whole number from 0 on, as a number or as text. */
  amount(value: unknown, path: string): bigint {
    const isWhole =
      typeof value === 'number'
        ? Number.isSafeInteger(value) && value >= 0
        : typeof value === 'string' && /^\d{1,78}$/.test(value)
    if (isWhole) return BigInt(value as number | string)
    this.faults.push(`${path} has to be a whole number from 0 on${value === undefined ? ', and is missing' : ''}`)
    return 0n
  }

  /** What `read` makes of the value; its own error text becomes the fault. */
  through<T>(path: string, fallback: T, read: () => T): T {
    try {
      return read()
    } catch (cause) {
      this.faults.push(`${path}: ${messageOf(cause)}`)
      return fallback
    }
  }

  /** Error: `invalid-config` with a line for each fault. */
  finish(what: string): void {
    if (this.faults.length === 0) return
    throw new SnetError('invalid-config', this.faults.map((fault) => `${what}: ${fault}`).join('\n'), {
      hint: 'Publish corrected metadata and register its new address.',
    })
  }
}
