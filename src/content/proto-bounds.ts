import { type Token, tokensOf } from './proto-tokens.js'

/**
 * Far more than the proto files of any service hold, and little enough for a parser whose time grows with the square of
 * some of these numbers.
 */
const BOUNDS = {
  /** Bound of all files together. */
  tokens: 1_000_000,
  blocks: 10_000,
  parts: 20_000,
  extensions: 1_000,
  /** Bound of one block: what is between braces or brackets. */
  partsInBlock: 2_000,
  /** Where order and numbers cost nothing: values of an enum, and what a whole file declares. */
  partsInList: 10_000,
  optionsInBlock: 500,
  tokensInPart: 20,
  /** Bound of the value of an option, which the parser copies for each that it repeats. */
  tokensInOption: 2_000,
  depth: 64,
  wordLength: 256,
} as const

/** Counts over all files. */
export interface Counts {
  tokens: number
  blocks: number
  parts: number
  extensions: number
}

interface Block {
  readonly kind: 'list' | 'extension' | 'option' | 'other'
  tokens: number
  parts: number
  options: number
}

const openBlock = (kind: Block['kind']): Block => ({ kind, tokens: 0, parts: 0, options: 0 })

/** What is in brackets, or in braces after `firstWord`. */
function kindOf({ text }: Token, firstWord: string, outer: Block): Block['kind'] {
  if (text === '[' || firstWord === 'option' || outer.kind === 'option') return 'option'
  if (firstWord === 'extend') return 'extension'
  return firstWord === 'enum' ? 'list' : 'other'
}

/** Adds what the file holds to the counts. Error: naming the line, for a file beyond the bounds of one. */
export function countProto(text: string, counts: Counts): void {
  const blocks = [openBlock('list')]
  let firstWord = ''
  for (const token of tokensOf(text)) {
    const block = blocks.at(-1) as Block
    countToken(token, block, counts)
    if (token.text === '{' || token.text === '[') {
      counts.blocks++
      if (blocks.push(openBlock(kindOf(token, firstWord, block))) > BOUNDS.depth)
        throw beyond(token, `blocks nest deeper than ${BOUNDS.depth} levels`)
    } else if ((token.text === '}' || token.text === ']') && blocks.length > 1) {
      blocks.pop()
    }
    if (token.text === '{' || token.text === '}' || token.text === ';') firstWord = ''
    else if (firstWord === '') {
      firstWord = token.text
      if (firstWord === 'option' && ++block.options > BOUNDS.optionsInBlock)
        throw beyond(token, `one block holds more than ${BOUNDS.optionsInBlock} options`)
    }
  }
}

function countToken(token: Token, block: Block, counts: Counts): void {
  counts.tokens++
  block.tokens++
  if (token.text.length > BOUNDS.wordLength) throw beyond(token, `one word is longer than ${BOUNDS.wordLength} letters`)
  if (token.text === ';' || token.text === ',' || token.text === '{') {
    counts.parts++
    block.parts++
    if (block.kind === 'extension') counts.extensions++
  }
  const maxParts = block.kind === 'list' ? BOUNDS.partsInList : BOUNDS.partsInBlock
  if (block.parts > maxParts)
    throw beyond(token, `one block holds more than ${maxParts} fields, values, methods or other parts`)
  const maxTokens = block.kind === 'option' ? BOUNDS.tokensInOption : maxParts * BOUNDS.tokensInPart
  if (block.tokens > maxTokens) throw beyond(token, `one block holds more than ${maxTokens} words and signs`)
}

const beyond = ({ line }: Token, what: string): Error => new Error(`${what} (line ${line})`)

/** What all files together hold too much of; undefined where they are within bounds. */
export function excessOf(counts: Counts): string | undefined {
  if (counts.tokens > BOUNDS.tokens) return `more than ${BOUNDS.tokens} words and signs`
  if (counts.blocks > BOUNDS.blocks) return `more than ${BOUNDS.blocks} messages, enums and other blocks`
  if (counts.parts > BOUNDS.parts) return `more than ${BOUNDS.parts} fields, values, methods and other parts`
  if (counts.extensions > BOUNDS.extensions) return `more than ${BOUNDS.extensions} extension fields`
  return undefined
}
