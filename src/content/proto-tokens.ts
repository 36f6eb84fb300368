/** A word or a sign, cut exactly as the parser cuts them; a string is one token: its quotes, with nothing between. */
export interface Token {
  readonly text: string
  readonly line: number
}

/** Kinds of the first 128 characters; of the rest some are blanks, all others belong to words. */
const BLANK = 1
const SIGN = 2
const KINDS = new Uint8Array(128)
for (const blank of ' \t\n\v\f\r') KINDS[blank.charCodeAt(0)] = BLANK
for (const sign of `{}=;:[],'"()<>`) KINDS[sign.charCodeAt(0)] = SIGN

const kindAt = (source: string, at: number): number => {
  const code = source.charCodeAt(at)
  if (code < 128) return KINDS[code] as number
  return /\s/.test(source.charAt(at)) ? BLANK : 0
}

/** Each character is looked at once, whatever the text. Error: for a comment or a string without an end. */
export function* tokensOf(source: string): Generator<Token> {
  let line = 1
  let at = 0
  const skipTo = (end: number): void => {
    for (; at < end; at++) if (source.charCodeAt(at) === 10) line++
  }
  while (at < source.length) {
    const kind = kindAt(source, at)
    const char = source.charAt(at)
    if (kind === BLANK) {
      skipTo(at + 1)
    } else if (char === '/' && (source[at + 1] === '/' || source[at + 1] === '*')) {
      skipTo(endOfComment(source, at, line))
    } else if (char === '"' || char === "'") {
      yield { text: char + char, line }
      skipTo(endOfString(source, at, line))
    } else {
      if (char === '/' && at + 1 === source.length) throw new Error(`illegal comment (line ${line})`)
      const start = at++
      if (kind !== SIGN && char !== '/') while (at < source.length && kindAt(source, at) === 0) at++
      yield { text: source.slice(start, at), line }
    }
  }
}

function endOfComment(source: string, start: number, line: number): number {
  const isLine = source[start + 1] === '/'
  // As the parser reads it, `/*/` is a whole comment.
  const end = source.indexOf(isLine ? '\n' : '*/', start + 1)
  if (end >= 0) return isLine ? end + 1 : end + 2
  if (isLine) return source.length
  throw new Error(`illegal comment (line ${line})`)
}

function endOfString(source: string, start: number, line: number): number {
  const quote = source.charCodeAt(start)
  for (let at = start + 1; at < source.length; at++) {
    const code = source.charCodeAt(at)
    if (code === quote) return at + 1
    if (code === 92 && /[\n\r\u2028\u2029]/.test(source.charAt(++at))) break
  }
  throw new Error(`illegal string (line ${line})`)
}
