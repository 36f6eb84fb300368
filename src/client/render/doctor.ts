import { printableLine } from '../../shared/printable.js'
import { type Colour, paint } from './colour.js'
import { hang, terminalWidth } from './wrap.js'

export interface ShownFinding {
  readonly check: string
  readonly level: 'ok' | 'warn' | 'fail'
  readonly message: string
  readonly cure?: string
}

const COLOURS: Readonly<Record<ShownFinding['level'], Colour>> = { ok: 'green', warn: 'yellow', fail: 'red' }
const WIDEST_CHECK = 10

/** A finding as a line, and what to do about it under it. */
export function renderFinding(
  { check, level, message, cure }: ShownFinding,
  width = terminalWidth(process.stdout),
): string {
  const label = `${level.padEnd(4)}  ${check.padEnd(WIDEST_CHECK)}  `
  const [first = '', ...others] = hang(label, printableLine(message), width).split('\n')
  const lines = [paint(level.padEnd(4), COLOURS[level]) + first.slice(4), ...others]
  return cure === undefined
    ? lines.join('\n')
    : [...lines, hang(' '.repeat(label.length), printableLine(cure), width)].join('\n')
}
