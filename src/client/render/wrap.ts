/** Columns of the terminal behind a stream; without end where there is none: what is piped is for programs, which do not wrap. */
export const terminalWidth = (stream: NodeJS.WriteStream): number =>
  stream.isTTY ? stream.columns || Infinity : Infinity

/** Words in lines of at most `width`; lines of the text stay apart, and a word that is longer stays whole, to be copied. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    // As it is, with the spaces that it begins with.
    if (line.length <= width) return [line]
    const lines: string[] = []
    let current = ''
    for (const word of line.split(' ')) {
      if (current !== '' && current.length + 1 + word.length > width) {
        lines.push(current)
        current = word
      } else current = current === '' ? word : `${current} ${word}`
    }
    return [...lines, current]
  })
}

const MIN_WIDTH = 20

/**
 * A text behind its label, in lines of at most `width`; those after the first stand under the text.
 *
 * @param show how each line is written
 */
export function hang(label: string, text: string, width: number, show = (line: string): string => line): string {
  const [first = '', ...others] = wrap(text, Math.max(MIN_WIDTH, width - label.length)).map(show)
  return [label + first, ...others.map((line) => ' '.repeat(label.length) + line)].join('\n')
}
