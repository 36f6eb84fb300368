import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pythonWith } from '../../../scripts/lib/python.mjs'
import type { Lines } from './hpack-writer.js'

/** What one side of a connection does next, with the tables that it has by then. */
export type Wish =
  | { readonly kind: 'allow'; readonly bytes: number }
  | { readonly kind: 'resize'; readonly bytes: number }
  | { readonly kind: 'decode'; readonly block: Buffer }
  | { readonly kind: 'encode'; readonly fields: Lines; readonly huffman: boolean; readonly secret: ReadonlySet<string> }

/** What came of it; after a fault nothing comes any more. */
export interface Came {
  readonly fields?: Lines
  readonly block?: Buffer
  readonly fault?: string
}

/** python3-hpack, which knows nothing of our code, in a process of its own. */
export interface HpackOracle extends AsyncDisposable {
  /** @param wishes of one connection, from its beginning */
  ask(wishes: readonly Wish[]): Promise<Came[]>
}

export const HOW_TO_GET_IT = 'sudo apt-get install python3-hpack   (Debian, Ubuntu; elsewhere pip install hpack)'

/** Undefined where python3-hpack is not installed. */
export function openHpackOracle(): HpackOracle | undefined {
  const python = pythonWith('hpack')
  if (python === undefined) return undefined
  const child = spawn(python, [join(import.meta.dirname, 'hpack-oracle.py')], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(wishes) {
      child.stdin.write(`${JSON.stringify(wishes.map(toJson))}\n`)
      const line = await lines.next()
      if (line.done) throw new Error('python3-hpack has ended')
      return (JSON.parse(line.value) as CameJson[]).map(fromJson)
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}

interface CameJson {
  readonly fields?: readonly (readonly [string, string])[]
  readonly block?: string
  readonly fault?: string
}

const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex')
const text = (bytes: string): string => Buffer.from(bytes, 'hex').toString('latin1')

function toJson(wish: Wish): object {
  switch (wish.kind) {
    case 'allow':
      return { allow: wish.bytes }
    case 'resize':
      return { resize: wish.bytes }
    case 'decode':
      return { decode: wish.block.toString('hex') }
    case 'encode':
      return {
        encode: wish.fields.map(([name, value]) => [hex(name), hex(value), wish.secret.has(name)]),
        huffman: wish.huffman,
      }
  }
}

const fromJson = ({ fields, block, fault }: CameJson): Came => ({
  ...(fields && { fields: fields.map(([name, value]) => [text(name), text(value)] as const) }),
  ...(block !== undefined && { block: Buffer.from(block, 'hex') }),
  ...(fault !== undefined && { fault }),
})
