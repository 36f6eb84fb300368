import { CompressionFault } from './fault.js'
import { END, huffmanCodes } from './huffman-code.js'

/**
 * The code as a machine that eats half a byte at a time. What it does in a state with a half-byte: a symbol to put out or
 * -1, and the state that follows. No symbol has fewer than 5 bits, so that one half-byte ends at most one of them.
 */
interface Machine {
  readonly next: Int16Array
  readonly symbols: Int16Array
  /** Whether a text may end in this state: after at most 7 bits, all of them ones (RFC 7541 5.2). */
  readonly mayEnd: Uint8Array
}

const REFUSED = -2
let machine: Machine | undefined
/** Where texts of the usual lengths are written. */
const scratch = Buffer.allocUnsafeSlow(1024)

/** Reads a text in Huffman code, a byte a character. Fault: CompressionFault. */
export function readHuffman(bytes: Buffer, start: number, end: number): string {
  const { next, symbols, mayEnd } = (machine ??= makeMachine())
  // 8 bits of the shortest codes make 1.6 bytes.
  const most = Math.ceil((end - start) * 1.6)
  const out = most <= scratch.length ? scratch : Buffer.allocUnsafe(most)
  let length = 0
  let state = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    for (let half = 0; half < 2; half++) {
      const step = state * 16 + (half === 0 ? byte >> 4 : byte & 15)
      const symbol = symbols[step] as number
      if (symbol === REFUSED) throw new CompressionFault('the mark of an end within a text')
      if (symbol >= 0) out[length++] = symbol
      state = next[step] as number
    }
  }
  if (mayEnd[state] === 0) throw new CompressionFault('a text with padding that is none')
  return out.toString('latin1', 0, length)
}

interface Node {
  readonly id: number
  readonly depth: number
  readonly isOnes: boolean
  readonly children: (Node | number)[]
}

function makeMachine(): Machine {
  const nodes = makeTree()
  const steps = nodes.length * 16
  const made = { next: new Int16Array(steps), symbols: new Int16Array(steps), mayEnd: new Uint8Array(nodes.length) }
  for (const node of nodes) {
    made.mayEnd[node.id] = node.isOnes && node.depth < 8 ? 1 : 0
    for (let half = 0; half < 16; half++) {
      const { symbol, state } = walk(nodes, node, half)
      made.symbols[node.id * 16 + half] = symbol
      made.next[node.id * 16 + half] = state
    }
  }
  return made
}

/** The inner nodes of the code tree, by their numbers; leaves are symbols. */
function makeTree(): readonly Node[] {
  const nodes: Node[] = [{ id: 0, depth: 0, isOnes: true, children: [] }]
  for (const { symbol, bits, code } of huffmanCodes()) {
    let node = nodes[0] as Node
    for (let bit = bits - 1; bit > 0; bit--) node = childOf(nodes, node, (code >> bit) & 1)
    node.children[code & 1] = symbol
  }
  return nodes
}

function childOf(nodes: Node[], parent: Node, bit: number): Node {
  const known = parent.children[bit]
  if (typeof known === 'object') return known
  const made = { id: nodes.length, depth: parent.depth + 1, isOnes: parent.isOnes && bit === 1, children: [] }
  nodes.push(made)
  parent.children[bit] = made
  return made
}

function walk(nodes: readonly Node[], from: Node, half: number): { symbol: number; state: number } {
  let node = from
  let symbol = -1
  for (let bit = 3; bit >= 0; bit--) {
    const child = node.children[(half >> bit) & 1]
    if (typeof child === 'object') node = child
    else if (child === undefined || child === END) return { symbol: REFUSED, state: 0 }
    else {
      symbol = child
      node = nodes[0] as Node
    }
  }
  return { symbol, state: node.id }
}
