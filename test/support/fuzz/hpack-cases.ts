import { CompressionFault, HpackDecoder, HpackEncoder } from '../../../src/daemon/gateway/frames/hpack/index.js'
import { Dice } from '../attacker/dice.js'
import type { HpackOracle, Wish } from './hpack-oracle.js'
import { HpackWriter, type Lines } from './hpack-writer.js'

const MOST_TABLE = 4096
const LIST_BYTES = 1 << 24
const NAMES = [
  ':path',
  ':status',
  'content-type',
  'te',
  'x-a',
  'x-b',
  'grpc-status',
  'cookie',
  'a',
  'snet-payment-type',
]
const TABLE_SIZES = [0, 31, 32, 33, 100, 1_000, 4_095, 4_096, 4_097, 65_536]
const VALUES = ['', '0', '/', '200', 'trailers', 'application/grpc', 'gzip, deflate']

/** Blocks of one direction of a connection, in their order, and what both readers make of each. */
export interface Step {
  readonly block: Buffer
  /** Undefined where the block is refused. */
  readonly fields: Lines | undefined
}

const linesOf = (dice: Dice): Lines =>
  Array.from({ length: dice.between(0, 12) }, () => [dice.pick(NAMES), valueOf(dice)] as const)

function valueOf(dice: Dice): string {
  if (dice.oneIn(2)) return dice.pick(VALUES)
  const bytes = dice.bytes(dice.oneIn(30) ? dice.between(0, 5_000) : dice.between(0, 60))
  if (dice.oneIn(2)) for (let at = 0; at < bytes.length; at++) bytes[at] = 32 + ((bytes[at] as number) % 95)
  return bytes.toString('latin1')
}

/** Blocks as the oracle or the dice write them, the last one perhaps damaged: what we read is what the oracle reads. */
export async function readBlocks(seed: string, oracle: HpackOracle): Promise<{ steps: Step[]; found: string[] }> {
  const dice = new Dice(`${seed}/read`)
  const written = dice.oneIn(2) ? await blocksOfOracle(dice, oracle) : blocksOfDice(dice)
  const last = written.at(-1)
  const isDamaged = last !== undefined && dice.oneIn(2)
  if (isDamaged) written.splice(-1, 1, { ...last, block: damaged(last.block, dice) })
  const came = await oracle.ask(written.map(({ block }) => ({ kind: 'decode', block })))
  const decoder = new HpackDecoder({ maxTableBytes: MOST_TABLE, maxListBytes: LIST_BYTES })
  const steps: Step[] = []
  const found: string[] = []
  written.forEach(({ block, lines }, at) => {
    const { fields, fault } = came[at] ?? {}
    const ours = readWith(decoder, block)
    steps.push({ block, fields })
    const isSame = JSON.stringify(ours.fields) === JSON.stringify(fields)
    const isAsWritten = (isDamaged && at === written.length - 1) || JSON.stringify(fields) === JSON.stringify(lines)
    if ((isSame || ours.isOfSize) && isAsWritten) return
    const words = [
      `we      ${ours.words}`,
      `oracle  ${fault ?? JSON.stringify(fields)}`,
      `written ${JSON.stringify(lines)}`,
    ]
    found.push(`block ${at}: ${block.toString('hex')}\n  ${words.join('\n  ')}`)
  })
  return { steps, found }
}

interface Written {
  readonly lines: Lines
  readonly block: Buffer
}

function blocksOfDice(dice: Dice): Written[] {
  const writer = new HpackWriter(dice, MOST_TABLE)
  return Array.from({ length: dice.between(1, 12) }, () => {
    const lines = linesOf(dice)
    return { lines, block: writer.block(lines) }
  })
}

async function blocksOfOracle(dice: Dice, oracle: HpackOracle): Promise<Written[]> {
  const lists = Array.from({ length: dice.between(1, 12) }, () => linesOf(dice))
  const wishes = lists.flatMap((fields): Wish[] => [
    ...(dice.oneIn(4) ? [{ kind: 'resize', bytes: dice.between(0, MOST_TABLE) } as const] : []),
    { kind: 'encode', fields, huffman: dice.oneIn(2), secret: new Set(dice.oneIn(3) ? [dice.pick(NAMES)] : []) },
  ])
  const blocks = (await oracle.ask(wishes)).flatMap(({ block }) => (block ? [block] : []))
  if (blocks.length < lists.length) throw new Error('the oracle cannot write what it was given')
  return lists.map((lines, at) => ({ lines, block: blocks[at] as Buffer }))
}

/** What we write, while the reader's table changes: the oracle reads it, and that its sizes are kept to. */
export async function writeBlocks(seed: string, oracle: HpackOracle): Promise<string[]> {
  const dice = new Dice(`${seed}/write`)
  const kept = new Set(NAMES.filter(() => dice.oneIn(2)))
  const encoder = new HpackEncoder((name) => kept.has(name))
  const lists = Array.from({ length: dice.between(1, 40) }, () => linesOf(dice))
  const wishes = lists.flatMap((lines): Wish[] => {
    const sizes = Array.from({ length: dice.oneIn(4) ? dice.between(1, 3) : 0 }, () => dice.pick(TABLE_SIZES))
    for (const bytes of sizes) encoder.allow(bytes)
    const block = Buffer.from(encoder.encode(lines.flat()))
    return [...sizes.map((bytes) => ({ kind: 'allow', bytes }) as const), { kind: 'decode', block }]
  })
  const came = (await oracle.ask(wishes)).filter(({ fields, fault }) => fields ?? fault)
  return lists.flatMap((lines, at) =>
    JSON.stringify(came[at]?.fields) === JSON.stringify(lines)
      ? []
      : [`block ${at}\n  written ${JSON.stringify(lines)}\n  read    ${JSON.stringify(came[at])}`],
  )
}

/** @returns `isOfSize`: refused for an integer that is longer than any that is needed, which others may read */
export function readWith(
  decoder: HpackDecoder,
  block: Buffer,
): { fields: Lines | undefined; words: string; isOfSize: boolean } {
  try {
    const flat = decoder.decode(block) ?? []
    const fields = Array.from(
      { length: flat.length / 2 },
      (_none, i) => [flat[2 * i] as string, flat[2 * i + 1] as string] as const,
    )
    return { fields, words: JSON.stringify(fields), isOfSize: false }
  } catch (fault) {
    if (!(fault instanceof CompressionFault)) throw fault
    return { fields: undefined, words: fault.message, isOfSize: fault.message.includes('28 bits') }
  }
}

function damaged(block: Buffer, dice: Dice): Buffer {
  const bytes = Buffer.from(block)
  const at = dice.between(0, Math.max(0, bytes.length - 1))
  const ways = [
    () => bytes.subarray(0, at),
    () => Buffer.concat([bytes.subarray(0, at), dice.bytes(dice.between(1, 4)), bytes.subarray(at)]),
    () => Buffer.concat([bytes, dice.bytes(dice.between(1, 20))]),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]),
    () => {
      for (let left = bytes.length > 0 ? dice.between(1, 3) : 0; left > 0; left--) {
        const place = dice.between(0, bytes.length - 1)
        bytes[place] = (bytes[place] as number) ^ (1 << dice.between(0, 7))
      }
      return bytes
    },
  ]
  return dice.pick(ways)()
}
