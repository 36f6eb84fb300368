/**
 * RFC 7541 Appendix B: how many bits each byte takes, 5 to 30, as the letters A to Z; the last is the mark of an end. The
 * code is canonical: among codes of one length those of smaller bytes come first, and shorter ones before longer ones.
 */
const LENGTHS =
  'ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHFIBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCC' +
  'KGJIXPRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRSVVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWVZ'
const SHORTEST_BITS = 5

/** What stands for the end of a text; as padding only its first bits may occur. */
export const END = 256

interface Code {
  readonly symbol: number
  readonly bits: number
  readonly code: number
}

/** Every byte and the end, with its code right-aligned. */
export function huffmanCodes(): readonly Code[] {
  const lengths = Array.from(LENGTHS, (letter) => letter.charCodeAt(0) - 'A'.charCodeAt(0) + SHORTEST_BITS)
  const order = lengths.map((bits, symbol) => ({ bits, symbol })).sort((a, b) => a.bits - b.bits || a.symbol - b.symbol)
  let next = 0
  let bitsBefore = SHORTEST_BITS
  return order.map(({ bits, symbol }) => {
    next *= 2 ** (bits - bitsBefore)
    bitsBefore = bits
    return { symbol, bits, code: next++ }
  })
}
