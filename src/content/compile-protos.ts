import { posix } from 'node:path'
import protobuf from 'protobufjs'
import { cutShort } from '../shared/short-text.js'
import { describeFile, type FileDescriptor } from './file-descriptors.js'
import { googleFile } from './google-files.js'
import { parseProto } from './parse-proto.js'
import { type Counts, countProto, excessOf } from './proto-bounds.js'
import { faultIn, unusable } from './proto-faults.js'
import { declarationsOf, type Declared, declare, type Late } from './reflection.js'
import { type CompiledMethod, toDeclared, methodsIn, typesUsedBy, withinObject } from './resolved-objects.js'
import { trainingFile } from './training-file.js'

/** Plain values, which can be handed to another process. */
export interface CompiledProtos {
  readonly methods: readonly CompiledMethod[]
  /** Why files cannot be used, a sentence each. */
  readonly faults: readonly string[]
  /** JSON of all that is declared, `Declared[]`: types by their full names, and nothing that calls do not need. */
  readonly declared: string
  /** The files that can be used, with those of Google's that they need. */
  readonly files: readonly FileDescriptor[]
}

/**
 * Compiles a set of proto files. Files import each other by their names in the archive or relative to their own folder;
 * Google's well-known ones are built in. A file that cannot be used costs only what imports it. Error: `invalid-config`
 * when nothing can be used, or the files are beyond all bounds.
 */
export function compileProtos(files: ReadonlyMap<string, string>): CompiledProtos {
  const compilation = new Compilation(files)
  const compiled = compilation.run()
  if (compiled.methods.length === 0 && compiled.faults.length > 0) throw unusable(compiled.faults)
  return compiled
}

/** The same files as reflection tells them. Error: `invalid-config` when nothing can be used. */
export const describeProtos = (files: ReadonlyMap<string, string>): readonly FileDescriptor[] =>
  compileProtos(files).files

/** A file that is parsed, and whose declarations are known to the others. */
interface Unit {
  readonly name: string
  readonly objects: readonly protobuf.ReflectionObject[]
  /** The files whose declarations it needs. */
  readonly needs: Set<string>
}

/** A service that only the daemon calls, though providers publish its file. */
const TRAINING = '/training.Model/'
/** The most searches for names that are in no scope; protoc refuses such names. */
const MAX_SEARCHES = 100
/**
 * The longest chain of files that import each other. Each is a call within the call before, and where the stack ends V8 ends the process
 * if it is just then compiling a regular expression.
 */
const MAX_IMPORT_DEPTH = 100
/** Longest message: it may quote names of many files. */
const MAX_FAULT_LENGTH = 400

class Compilation {
  readonly #files: ReadonlyMap<string, string>
  readonly #root = new protobuf.Root()
  /** In an order in which each file comes after those that it imports. */
  readonly #units = new Map<string, Unit>()
  readonly #faults = new Map<string, string>()
  readonly #counts: Counts = { tokens: 0, blocks: 0, parts: 0, extensions: 0 }
  readonly #seen = new Set<string>()
  /** The file that declares a name, or an object. */
  readonly #owners = new Map<string | protobuf.ReflectionObject, string>()
  readonly #late: (Late & { readonly file: string })[] = []
  /** Full names of messages and enums. */
  readonly #types = new Set<string>()
  #searches = 0

  constructor(files: ReadonlyMap<string, string>) {
    this.#files = files
  }

  run(): CompiledProtos {
    for (const [name, text] of this.#files) this.#attempt(name, () => countProto(text, this.#counts))
    const excess = excessOf(this.#counts)
    if (excess !== undefined) throw unusable([`they hold ${excess}`])
    for (const name of this.#files.keys()) this.#include(name, [])
    for (const late of this.#late) this.#attempt(late.file, () => this.#extend(late))
    for (const unit of this.#units.values()) this.#attempt(unit.name, () => this.#resolve(unit))
    this.#spreadFaults()
    const units = [...this.#units.values()].filter(({ name }) => !this.#faults.has(name))
    const objects = units.flatMap((unit) => unit.objects)
    // Before the declarations, which are stripped of what calls do not need.
    const files = units.map(({ name, objects }) => describeFile(name, objects, (type) => this.#fileOf(type)))
    return {
      files,
      methods: objects.flatMap(methodsIn).filter(({ path }) => !path.startsWith(TRAINING)),
      faults: [...this.#faults.values()].map((fault) => cutShort(fault, MAX_FAULT_LENGTH)),
      declared: JSON.stringify(objects.flatMap(toDeclared)),
    }
  }

  /** An error of `work` is a fault of the file, and ends the work for it. */
  #attempt(file: string, act: () => void): void {
    if (this.#faults.has(file)) return
    try {
      act()
    } catch (thrown) {
      this.#faults.set(file, faultIn(file, this.#files.get(file) ?? '', thrown))
    }
  }

  /** The file, after all that it imports. */
  #include(file: string, importers: readonly string[]): void {
    if (this.#seen.has(file)) return
    this.#seen.add(file)
    this.#attempt(file, () => {
      const { nested, imports } = parseProto(this.#files.get(file) as string)
      const needs = new Set<string>()
      for (const wanted of imports) {
        const fault = this.#import(wanted, file, importers, needs)
        if (fault !== undefined) return void this.#faults.set(file, fault)
      }
      this.#declare(file, [...declarationsOf(nested)], needs)
    })
  }

  /** @returns why it cannot be used */
  #import(wanted: string, file: string, importers: readonly string[], needs: Set<string>): string | undefined {
    const found = findImport(wanted, file, this.#files)
    if (found === undefined) {
      if (this.#includeKnown(wanted)) return undefined
      return `${file} imports ${cutShort(wanted, 200)}, which is not in the archive`
    }
    const path = [...importers, file]
    if (path.includes(found))
      return `files import each other in a circle: ${[...path.slice(path.indexOf(found)), found].join(' → ')}`
    if (path.length > MAX_IMPORT_DEPTH) return `${file} is imported through more than ${MAX_IMPORT_DEPTH} files`
    this.#include(found, path)
    needs.add(found)
    return this.#faults.has(found) ? `${file} imports ${found}, which cannot be used` : undefined
  }

  #includeKnown(name: string): boolean {
    const file = googleFile(name) ?? trainingFile(name)
    if (!file || this.#seen.has(name)) return file !== undefined
    this.#seen.add(name)
    // If the archive ships a file of Google's, other Google files import that one, too.
    for (const each of file.imports) this.#import(each, name, [], new Set())
    this.#attempt(name, () => this.#declare(name, [...declarationsOf(file.nested)], new Set()))
    return true
  }

  #declare(file: string, declarations: readonly Declared[], needs: Set<string>): void {
    for (const { at, name } of declarations) {
      const owner = this.#owners.get(`${at}.${name}`)
      if (owner !== undefined) throw new Error(`'${name}' is declared in ${owner} too`)
    }
    const late: Late[] = []
    const objects = declarations.map((declared) => {
      const object = declare(this.#root, declared, late)
      this.#owners.set(`${declared.at}.${declared.name}`, file).set(object, file)
      for (const each of withinObject(object))
        if (each instanceof protobuf.Type || each instanceof protobuf.Enum) this.#types.add(each.fullName)
      return object
    })
    this.#late.push(...late.map((each) => ({ ...each, file })))
    this.#units.set(file, { name: file, objects, needs })
  }

  #extend({ to, field }: Late): void {
    field.extend = this.#fullNameOf(field.extend ?? '', to.fullName)
    to.add(field)
    if (this.#root.deferred.pop()) throw new Error(`there is no message '${field.extend}' to extend`)
  }

  /** The type of that name as protoc finds it, from the innermost scope outwards. */
  #fullNameOf(name: string, scope: string): string {
    if (name.startsWith('.') || Object.hasOwn(protobuf.types.basic, name)) return name
    for (let at = scope; ; at = at.slice(0, at.lastIndexOf('.'))) {
      if (this.#types.has(`${at}.${name}`)) return `${at}.${name}`
      if (at === '') break
    }
    // The library itself would search every message and package, and note in each that the name is not there.
    if (++this.#searches > MAX_SEARCHES) throw new Error(`there is no type '${name}'`)
    return name
  }

  /** Finds the types of fields and methods, and the files that declare them. */
  #resolve({ objects, needs }: Unit): void {
    for (const object of objects) {
      for (const each of withinObject(object)) this.#qualify(each)
      if (object instanceof protobuf.Namespace) object.resolveAll()
      else object.resolve()
      for (const used of typesUsedBy(object)) {
        const file = this.#fileOf(used)
        if (file !== undefined) needs.add(file)
      }
    }
  }

  #fileOf(object: protobuf.ReflectionObject): string | undefined {
    let top: protobuf.ReflectionObject | null = object
    while (top && !this.#owners.has(top)) top = top.parent
    return top ? this.#owners.get(top) : undefined
  }

  #qualify(object: protobuf.ReflectionObject): void {
    if (object instanceof protobuf.Field && object.parent)
      object.type = this.#fullNameOf(object.type, object.parent.fullName)
    if (!(object instanceof protobuf.Service)) return
    for (const method of object.methodsArray) {
      method.requestType = this.#fullNameOf(method.requestType, object.fullName)
      method.responseType = this.#fullNameOf(method.responseType, object.fullName)
    }
  }

  #spreadFaults(): void {
    for (let isSettled = false; !isSettled;) {
      isSettled = true
      for (const { name, needs } of this.#units.values()) {
        const broken = this.#faults.has(name) ? undefined : [...needs].find((need) => this.#faults.has(need))
        if (broken === undefined) continue
        this.#faults.set(name, `${name} needs ${broken}, which cannot be used`)
        isSettled = false
      }
    }
  }
}

function findImport(wanted: string, from: string, files: ReadonlyMap<string, string>): string | undefined {
  const beside = posix.join(posix.dirname(from), wanted)
  if (files.has(wanted)) return wanted
  if (files.has(beside)) return beside
  // Archives often nest the whole tree in a folder of its own.
  return [...files.keys()].find((name) => name.endsWith(`/${wanted}`))
}
