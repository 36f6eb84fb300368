import { messageOf, SnetError } from '../shared/errors.js'
import { cutShort } from '../shared/short-text.js'
import { isUint256 } from '../shared/units.js'

/** The most faults that are told: more would only hide the first ones. */
const MAX_FAULTS_TOLD = 20
/** Paths and texts quote names of the document, which may be of any length. */
const MAX_FAULT_LENGTH = 400

interface Fault {
  readonly text: string
  readonly cure: string | undefined
}

/** Fields of one JSON object by their names in lower case. */
export type Fields = Readonly<Record<string, unknown>>

/** Reads fields of unknown JSON and collects every fault with its path, so that all are told at once. */
export class Reading {
  readonly #faults: Fault[] = []
  #untold = 0

  /** @param what names the document before each path */
  constructor(private readonly what: string) {}

  /** What is wrong at a path. */
  fault(text: string, cure?: string): void {
    this.#add(`${this.what}: ${text}`, cure)
  }

  /** A fault whose text programs match as a whole. */
  knownFault(text: string, cure: string): void {
    this.#add(text, cure)
  }

  #add(text: string, cure: string | undefined): void {
    const fault = { text: cutShort(text, MAX_FAULT_LENGTH), cure: cure && cutShort(cure, MAX_FAULT_LENGTH) }
    if (this.#faults.some((known) => known.text === fault.text)) return
    if (this.#faults.length < MAX_FAULTS_TOLD) this.#faults.push(fault)
    else this.#untold++
  }

  get hasFaults(): boolean {
    return this.#faults.length > 0
  }

  /**
   * The fields of the object; none when there is no object, which its fields will tell. Names count in any letter case,
   * as they always did for metadata; the exact spelling, which is in lower case, wins.
   */
  object(value: unknown): Fields {
    const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return fields
    const entries = Object.entries(value)
    for (const [name, field] of entries) fields[name.toLowerCase()] = field
    for (const [name, field] of entries) if (name === name.toLowerCase()) fields[name] = field
    return fields
  }

  list(value: unknown, path: string): unknown[] {
    if (Array.isArray(value)) return value
    this.fault(`${path} must be a list${ifMissing(value)}`)
    return []
  }

  /** A list of texts without the empty ones; empty when it is missing. */
  texts(value: unknown, path: string): string[] {
    const listed = isMissing(value) ? [] : this.list(value, path)
    return listed.flatMap((each, i) => (each === '' ? [] : this.text(each, `${path}[${i}]`)))
  }

  text(value: unknown, path: string): string {
    if (typeof value === 'string' && value !== '') return value
    this.fault(`${path} must be a text${ifMissing(value)}`)
    return ''
  }

  /** A text that is one of the choices; the first of them after a fault. */
  choice<T extends string>(value: unknown, path: string, choices: readonly [T, ...T[]]): T {
    const chosen = choices.find((choice) => choice === value)
    if (chosen !== undefined) return chosen
    const is = isMissing(value) ? 'it is missing' : `it is ${show(value)}`
    this.fault(`${path} must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}, ${is}`)
    return choices[0]
  }

  /** A whole number from 0 on, as a number or as text. */
  amount(value: unknown, path: string): bigint {
    const isWhole =
      typeof value === 'number'
        ? Number.isSafeInteger(value) && value >= 0
        : typeof value === 'string' && /^\d{1,78}$/.test(value)
    const amount = isWhole ? BigInt(value as number | string) : -1n
    if (isUint256(amount)) return amount
    this.fault(`${path} must be a whole number from 0 on${ifMissing(value)}`)
    return 0n
  }

  /** What `read` makes of the value; its own error text becomes the fault. */
  through<T>(path: string, fallback: T, read: () => T): T {
    try {
      return read()
    } catch (cause) {
      this.fault(`${path}: ${messageOf(cause)}`)
      return fallback
    }
  }

  /** Error, always: `invalid-config` with a line for each fault. */
  finish(): never {
    const told = this.#faults.map(({ text }) => text)
    if (this.#untold > 0) told.push(`and ${this.#untold} more`)
    const cures = new Set(this.#faults.flatMap(({ cure }) => cure ?? []))
    const publish = this.#faults.some(({ cure }) => cure === undefined) ? [PUBLISH] : []
    throw new SnetError('invalid-config', told.join('\n'), { hint: [...cures, ...publish].join(' ') })
  }
}

const PUBLISH = 'Publish corrected metadata and register its new address.'

const isMissing = (value: unknown): boolean => value === undefined || value === null
const ifMissing = (value: unknown): string => (isMissing(value) ? ', and is missing' : '')
const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? ''
