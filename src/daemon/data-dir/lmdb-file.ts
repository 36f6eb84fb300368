import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'

/**
 * Reads a whole LMDB data file as LMDB would, but through checked reads: LMDB maps the file and trusts every number in
 * it, so a file that was cut or spoilt ends the process with SIGBUS or SIGSEGV, or hides records without a word.
 *
 * The layout is that of 64-bit little-endian machines, in which numbers of pages and transactions have eight bytes.
 */

const HEADER_BYTES = 24
const META_BYTES = 144
const MAGIC = 0xbeefc0de
const VERSION = 2
const NO_PAGE = 2 ** 64
const BRANCH = 1
const LEAF = 2
const OVERFLOW = 4
const META = 8
/** What a page is; the other flags have their meaning in memory only. */
const KINDS = 0x6f
const NODE_BYTES = 8
const DATABASE_BYTES = 48
/** On a node: its data lies on overflow pages, or is the root of a table. */
const BIG = 1
const TABLE = 2
const MAX_DEPTH = 32
/** Pages that one transaction may have taken at the end of the file and given back. */
const MAX_UNWRITTEN = 2 ** 20
/** Pages that are read before signals and the control socket have their turn: some milliseconds. */
const PAGES_AT_ONCE = 1_000

/** What is wrong with a file, as the end of a sentence. */
export class Damaged extends Error {}

const failDamaged = (what: string): never => {
  throw new Damaged(what)
}

/** Error: `Damaged`, or whatever the system says. Machines with another layout are left to LMDB's own checks. */
export async function checkLmdbFile(path: string): Promise<void> {
  if (process.arch !== 'x64' && process.arch !== 'arm64') return
  const fd = openSync(path, 'r')
  try {
    await new Reading(fd).check()
  } finally {
    closeSync(fd)
  }
}

interface Meta {
  readonly pageBytes: number
  readonly free: Tree
  readonly main: Tree
  readonly lastPage: number
  readonly transaction: number
}

interface Tree {
  readonly root: number
  readonly depth: number
  readonly entries: number
}

/** A page still to be read: of which tree, and how far above its leaves. */
interface Step {
  readonly page: number
  readonly height: number
  readonly onEntry: (page: Buffer, node: number) => void
}

class Reading {
  readonly #fd: number
  readonly #size: number
  #meta: Meta
  /** A bit for each page that something refers to. */
  #used = Buffer.alloc(0)
  readonly #steps: Step[] = []
  readonly #counts: { readonly tree: Tree; found: number }[] = []
  readonly #freeLists: Buffer[] = []
  /** Pages that the lists name. */
  #free = 0

  constructor(fd: number) {
    this.#fd = fd
    this.#size = fstatSync(fd).size
    const first = this.#readMeta(0)
    const second = this.#readMeta(first.pageBytes)
    if (first.pageBytes !== second.pageBytes) failDamaged('its two heads differ')
    this.#meta = first.transaction > second.transaction ? first : second
  }

  async check(): Promise<void> {
    const { free, main, lastPage, pageBytes } = this.#meta
    // The file may be shorter than its head says: pages at its end that were never used are not written.
    if (lastPage > this.#size / pageBytes + MAX_UNWRITTEN) failDamaged(`its head speaks of ${lastPage} pages`)
    this.#used = Buffer.alloc((lastPage >> 3) + 1)
    this.#start(free, (page, node) => this.#freeLists.push(this.#dataOf(page, node)))
    this.#start(main, (page, node) => this.#onMainEntry(page, node))
    let read = 0
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      this.#walk(step)
      if (++read % PAGES_AT_ONCE === 0) await setImmediate()
    }
    for (const { tree, found } of this.#counts)
      if (tree.entries !== found) failDamaged(`it holds ${found} of ${tree.entries} records`)
    for (const list of this.#freeLists) this.#checkFreeList(list)
  }

  #readMeta(at: number): Meta {
    const bytes = this.#read(at, HEADER_BYTES + META_BYTES)
    if ((bytes.readUInt16LE(18) & KINDS) !== META) failDamaged('it has no head')
    const meta = bytes.subarray(HEADER_BYTES)
    if (meta.readUInt32LE(0) !== MAGIC) failDamaged('it is no LMDB file')
    if (meta.readUInt16LE(4) !== VERSION) failDamaged(`it has version ${meta.readUInt16LE(4)}`)
    const pageBytes = meta.readUInt32LE(24)
    if (pageBytes < 512 || pageBytes > 65_536 || !Number.isInteger(Math.log2(pageBytes)))
      failDamaged('its head is damaged')
    return {
      pageBytes,
      free: treeAt(meta, 24),
      main: treeAt(meta, 24 + DATABASE_BYTES),
      lastPage: long(meta, 120),
      transaction: long(meta, 128),
    }
  }

  #start(tree: Tree, onEntry: Step['onEntry']): void {
    if (tree.root >= NO_PAGE) {
      if (tree.entries !== 0) failDamaged('a table has lost its root')
      return
    }
    if (tree.depth < 1 || tree.depth > MAX_DEPTH) failDamaged(`a table is ${tree.depth} pages deep`)
    const count = { tree, found: 0 }
    this.#counts.push(count)
    const countEntry: Step['onEntry'] = (page, node) => {
      count.found++
      onEntry(page, node)
    }
    this.#steps.push({ page: tree.root, height: tree.depth - 1, onEntry: countEntry })
  }

  #walk({ page: number, height, onEntry }: Step): void {
    const page = this.#readPage(number, height > 0 ? BRANCH : LEAF)
    const capacity = this.#meta.pageBytes - HEADER_BYTES
    const [lower, upper] = [page.readUInt16LE(20), page.readUInt16LE(22)]
    if (lower % 2 !== 0 || lower > upper || upper > capacity) failDamaged(`page ${number} is damaged`)
    if (height > 0 && lower === 0) failDamaged(`page ${number} is empty`)
    for (let i = 0; i < lower / 2; i++) {
      const at = page.readUInt16LE(HEADER_BYTES + 2 * i)
      const node = HEADER_BYTES + at
      const isWhole = at >= upper && at + NODE_BYTES <= capacity && at + sizeOf(page, node, height) <= capacity
      if (!isWhole) failDamaged(`page ${number} is damaged`)
      if (height === 0) onEntry(page, node)
      else this.#steps.push({ page: childOf(page, node), height: height - 1, onEntry })
    }
  }

  #onMainEntry(page: Buffer, node: number): void {
    const flags = page.readUInt16LE(node + 4)
    if (flags === TABLE) {
      const data = dataAt(page, node)
      if (page.readUInt32LE(node) !== DATABASE_BYTES) failDamaged('a table is damaged')
      this.#start(treeAt(page, data), (inner, entry) => this.#requireData(inner, entry))
    } else this.#requireData(page, node)
  }

  #requireData(page: Buffer, node: number): void {
    const flags = page.readUInt16LE(node + 4)
    if (flags === BIG) this.#overflowOf(page, node)
    else if (flags !== 0) failDamaged('a record is damaged')
  }

  #dataOf(page: Buffer, node: number): Buffer {
    this.#requireData(page, node)
    const size = page.readUInt32LE(node)
    const data = dataAt(page, node)
    if (page.readUInt16LE(node + 4) === 0) return Buffer.from(page.subarray(data, data + size))
    return this.#read(long(page, data) * this.#meta.pageBytes + HEADER_BYTES, size)
  }

  /** The pages of a large record follow each other, the first with a header. */
  #overflowOf(page: Buffer, node: number): void {
    const data = dataAt(page, node)
    const [first, pages] = [long(page, data), long(page, data + 16)]
    const head = this.#readPage(first, OVERFLOW)
    // A smaller record that replaced a larger one keeps its pages.
    const isLarge = HEADER_BYTES + page.readUInt32LE(node) <= pages * this.#meta.pageBytes
    if (head.readUInt32LE(20) !== pages || !isLarge) failDamaged(`page ${first} is damaged`)
    for (let i = 1; i < pages; i++) this.#use(first + i)
  }

  /** A page that is in use and counts as free would be overwritten by a later payment. */
  #checkFreeList(list: Buffer): void {
    const length = list.length >= 8 ? long(list, 0) : NO_PAGE
    if ((length + 1) * 8 > list.length) failDamaged('its list of free pages is damaged')
    for (let i = 1; i <= length; i++) {
      const entry = Number(list.readBigInt64LE(8 * i))
      if (entry === 0) continue
      const count = entry < 0 ? -entry : 1
      const first = entry < 0 ? (++i <= length ? long(list, 8 * i) : NO_PAGE) : entry
      this.#free += count
      if (first < 2 || first + count - 1 > this.#meta.lastPage || this.#free > this.#meta.lastPage)
        failDamaged('its list of free pages is damaged')
      for (let page = first; page < first + count; page++)
        if (this.#isUsed(page)) failDamaged(`page ${page} counts as free and is in use`)
    }
  }

  /** A page of this kind that nothing else refers to. */
  #readPage(number: number, kind: number): Buffer {
    this.#use(number)
    const page = this.#read(number * this.#meta.pageBytes, this.#meta.pageBytes)
    const isRight =
      long(page, 0) === number && long(page, 8) <= this.#meta.transaction && (page.readUInt16LE(18) & KINDS) === kind
    return isRight ? page : failDamaged(`page ${number} is damaged`)
  }

  #use(page: number): void {
    if (page < 2 || page > this.#meta.lastPage) failDamaged(`it refers to page ${page}, which it has not`)
    if ((page + 1) * this.#meta.pageBytes > this.#size) failDamaged(`it is cut off before page ${page}`)
    if (this.#isUsed(page)) failDamaged(`page ${page} is referred to twice`)
    this.#used[page >> 3] = (this.#used[page >> 3] as number) | (1 << (page & 7))
  }

  #isUsed(page: number): boolean {
    return ((this.#used[page >> 3] as number) & (1 << (page & 7))) !== 0
  }

  #read(at: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length)
    if (at + length > this.#size || readSync(this.#fd, bytes, 0, length, at) < length) failDamaged('it is cut off')
    return bytes
  }
}

const treeAt = (bytes: Buffer, at: number): Tree => ({
  depth: bytes.readUInt16LE(at + 6),
  entries: long(bytes, at + 32),
  root: long(bytes, at + 40),
})

/** Eight bytes; beyond what a number tells exactly nothing is right anyway. */
const long = (bytes: Buffer, at: number): number => bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32

const dataAt = (page: Buffer, node: number): number => node + NODE_BYTES + page.readUInt16LE(node + 6)

/** On a branch the size's place holds the page below; what is big or a table has a fixed size in the node. */
function sizeOf(page: Buffer, node: number, height: number): number {
  const key = NODE_BYTES + page.readUInt16LE(node + 6)
  if (height > 0) return key
  return key + (page.readUInt16LE(node + 4) === BIG ? HEADER_BYTES : page.readUInt32LE(node))
}

const childOf = (page: Buffer, node: number): number => page.readUInt32LE(node) + page.readUInt16LE(node + 4) * 2 ** 32
