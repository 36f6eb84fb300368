import { writeFileSync } from 'node:fs'
import { readBlocks } from './hpack-cases.js'
import { HOW_TO_GET_IT, openHpackOracle } from './hpack-oracle.js'

const SEQUENCES = 60
/** Longer ones are for the long fuzz. */
const MOST_BYTES = 1_200

/** Keeps blocks, and what python3-hpack reads in them or that it refuses them, for tests where it is not installed. */
export async function recordHpack(file: string, seed: string): Promise<void> {
  await using oracle = openHpackOracle()
  if (!oracle) throw new Error(`python3-hpack is not there.\nType:  ${HOW_TO_GET_IT}`)
  const sequences: unknown[] = []
  for (let n = 0; sequences.length < SEQUENCES; n++) {
    const { steps } = await readBlocks(`${seed}/${n}`, oracle)
    if (steps.reduce((sum, { block }) => sum + block.length, 0) > MOST_BYTES) continue
    sequences.push(steps.map(({ block, fields }) => ({ block: block.toString('hex'), fields: fields?.flat() ?? null })))
  }
  writeFileSync(file, `${JSON.stringify(sequences, undefined, 2)}\n`)
}
