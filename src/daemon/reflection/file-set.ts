import type { FileDescriptor } from '../../content/index.js'

/** Proto files that need nothing beside each other, by all that can be asked of them. */
export class FileSet {
  readonly #byName: ReadonlyMap<string, FileDescriptor>
  readonly #bytes = new Map<FileDescriptor, Buffer>()
  readonly #bySymbol = new Map<string, FileDescriptor>()
  /** By the message that is extended, and the number. */
  readonly #extensions = new Map<string, Map<number, FileDescriptor>>()

  constructor(files: readonly FileDescriptor[]) {
    this.#byName = new Map(files.map((file) => [file.name, file]))
    for (const file of files) {
      for (const symbol of file.symbols) this.#bySymbol.set(symbol, file)
      for (const [message, number] of file.extensions) {
        const ofMessage = this.#extensions.get(message) ?? new Map<number, FileDescriptor>()
        this.#extensions.set(message, ofMessage.set(number, file))
      }
    }
  }

  get services(): readonly string[] {
    return [...this.#byName.values()].flatMap(({ services }) => services)
  }

  named(name: string): FileDescriptor | undefined {
    return this.#byName.get(name)
  }

  declaring(symbol: string): FileDescriptor | undefined {
    return this.#bySymbol.get(symbol)
  }

  extending(message: string, number: number): FileDescriptor | undefined {
    return this.#extensions.get(message)?.get(number)
  }

  /** Undefined for what is no message. */
  extensionNumbers(message: string): readonly number[] | undefined {
    if (!this.#bySymbol.has(message)) return undefined
    return [...(this.#extensions.get(message)?.keys() ?? [])]
  }

  /** As it goes over the wire. */
  bytesOf(file: FileDescriptor): Buffer {
    const known = this.#bytes.get(file) ?? Buffer.from(file.bytes, 'base64')
    this.#bytes.set(file, known)
    return known
  }

  /** The file and all that it needs, each once. */
  withNeeds(file: FileDescriptor): readonly FileDescriptor[] {
    const found = new Set([file])
    for (const each of found)
      for (const need of each.needs) {
        const needed = this.#byName.get(need)
        if (needed) found.add(needed)
      }
    return [...found]
  }
}
