import { openSync } from 'node:fs'

/**
 * Faults on purpose, to see that they are found: `leak:N` keeps N bytes of each call, `files:N` leaves a file open every N
 * calls, `slow:N` takes each call some longer, by 1 µs in N calls.
 */
export function openSpoil(spoil: string | undefined): () => void {
  if (spoil === undefined) return () => undefined
  const [kind, text] = spoil.split(':')
  const number = Number(text)
  const make = KINDS[kind ?? '']
  if (!make || !(number > 0)) throw new Error(`--spoil is leak:N, files:N or slow:N, not ${spoil}`)
  return make(number)
}

const KINDS: Readonly<Record<string, (number: number) => () => void>> = {
  leak(bytes) {
    const kept: number[][] = []
    return () => void kept.push(new Array<number>(Math.ceil(bytes / 8)).fill(kept.length))
  },
  files(each) {
    let calls = 0
    return () => {
      if (++calls % each === 0) openSync('/dev/null', 'r')
    }
  },
  slow(each) {
    let calls = 0
    return () => {
      const until = performance.now() + ++calls / each / 1_000
      while (performance.now() < until);
    }
  },
}
