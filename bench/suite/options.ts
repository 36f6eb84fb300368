import { parseArgs } from 'node:util'

export interface Options {
  readonly wantsHelp: boolean
  /** What stands before the flags: names of parts or of what is done with results, and files. */
  readonly words: readonly string[]
  readonly isQuick: boolean
  readonly rounds: number
  readonly seconds: number
  readonly calls: number
  readonly json: string | undefined
  readonly tolerance: number
}

/** How a run is told what to do, and what each flag is for. */
const FLAGS = {
  rounds: ['N', 'measured rounds, after one to warm up (5; 1 with --quick)'],
  seconds: ['S', 'about how long each target is under each load (0.4; 0.2 with --quick)'],
  quick: ['', 'fewer shapes and rounds: a couple of minutes in all'],
  calls: ['N', 'calls of the part `memory` (1000000)'],
  json: ['FILE', 'where results go; written after each part'],
  tolerance: ['SHARE', 'by how much a ratio may be worse than the recorded one before `check` fails (0.2)'],
} as const

const TEXT = { type: 'string' } as const
const TYPES = {
  rounds: TEXT,
  seconds: TEXT,
  calls: TEXT,
  json: TEXT,
  tolerance: TEXT,
  quick: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Error: a flag that is none, or a number that is none. */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({ args: [...args], options: TYPES, allowPositionals: true })
  const isQuick = values.quick === true
  return {
    wantsHelp: values.help === true,
    words: positionals,
    isQuick,
    rounds: positive('rounds', values.rounds, isQuick ? 1 : 5),
    seconds: positive('seconds', values.seconds, isQuick ? 0.2 : 0.4),
    calls: positive('calls', values.calls, 1_000_000),
    json: values.json,
    tolerance: positive('tolerance', values.tolerance, 0.2),
  }
}

function positive(flag: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text)
  if (!(value > 0) || !Number.isFinite(value)) throw new Error(`--${flag} takes a number above 0, not ${text}`)
  return value
}

export const flagsText = (): string =>
  Object.entries(FLAGS)
    .map(([name, [value, doc]]) => `  ${`--${name} ${value}`.padEnd(20)} ${doc}`)
    .join('\n')
