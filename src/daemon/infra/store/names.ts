import type { Database } from 'lmdb'
import { SnetError } from '../../../shared/errors.js'

const PREFIX = 'name/'

/**
 * Numbers for texts that recur in a million records: devices, runs, tests, groups. A number is never used for another
 * text. What is new is written with the next transaction, before anything that uses it.
 */
export class Names {
  readonly #meta: Database<string, string>
  readonly #byText = new Map<string, number>()
  readonly #byNumber = new Map<number, string>()
  readonly #unsaved = new Map<string, number>()
  /** Texts that the transaction under way writes. */
  #saving: string[] = []
  #next: number

  constructor(meta: Database<string, string>) {
    this.#meta = meta
    this.#next = Number(meta.get('next-name') ?? '1')
    for (const { key, value } of meta.getRange({ start: PREFIX, end: 'name0' })) {
      this.#byText.set(key.slice(PREFIX.length), Number(value))
      this.#byNumber.set(Number(value), key.slice(PREFIX.length))
    }
  }

  number(kind: 'device' | 'run' | 'test' | 'group', text: string): number {
    const known = this.find(kind, text)
    if (known !== undefined) return known
    const full = `${kind}/${text}`
    const number = this.#next++
    this.#byText.set(full, number)
    this.#byNumber.set(number, full)
    this.#unsaved.set(full, number)
    return number
  }

  find(kind: 'device' | 'run' | 'test' | 'group', text: string): number | undefined {
    return this.#byText.get(`${kind}/${text}`)
  }

  text(number: number): string {
    const full = this.#byNumber.get(number)
    if (full === undefined) throw new SnetError('storage-failed', `the infra store knows no name ${number}`)
    return full.slice(full.indexOf('/') + 1)
  }

  /** Gives the name another number from now on. Returns the write that makes it durable. */
  forget(kind: 'group', text: string): () => void {
    const full = `${kind}/${text}`
    const number = this.#byText.get(full)
    if (number === undefined) return () => undefined
    this.#byText.delete(full)
    this.#byNumber.delete(number)
    this.#unsaved.delete(full)
    return () => {
      if (this.#meta.get(PREFIX + full) === String(number)) void this.#meta.remove(PREFIX + full)
    }
  }

  isKnown(number: number): boolean {
    return this.#byNumber.has(number)
  }

  /** To be called at the head of every transaction. */
  save(): void {
    this.#saving = [...this.#unsaved.keys()]
    if (this.#saving.length === 0) return
    void this.#meta.put('next-name', String(this.#next))
    for (const [text, number] of this.#unsaved) void this.#meta.put(PREFIX + text, String(number))
  }

  /** To be called when that transaction is durable. */
  onSaved(): void {
    for (const text of this.#saving.splice(0)) this.#unsaved.delete(text)
  }

  clear(): void {
    for (const names of [this.#byText, this.#byNumber, this.#unsaved]) names.clear()
  }

  /** To be called in the transaction that has wiped everything: writes the names given since then. */
  saveAll(): void {
    void this.#meta.put('next-name', String(this.#next))
    for (const [text, number] of this.#byText) void this.#meta.put(PREFIX + text, String(number))
  }
}
