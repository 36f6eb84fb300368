/** A flag that Go programs take with or without a value. */
export interface GoBoolean {
  readonly name: string
  readonly char?: string | undefined
}

const WORD = /^(?:true|false|t|f|1|0)$/i

/**
 * A command line in which every boolean flag carries its value: `--x`, `-x`, `--x=false`, `-x=false` and `--x false`
 * are what users of the reference daemon type, and oclif takes a flag either always or never with a value.
 */
export function withGoBooleans(argv: readonly string[], booleans: readonly GoBoolean[]): string[] {
  const result: string[] = []
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string
    if (word === '--') return [...result, ...argv.slice(i)]
    const [spelling = '', ...value] = word.split('=')
    const known = booleans.find(({ name, char }) => spelling === `--${name}` || (char && spelling === `-${char}`))
    if (!known) result.push(word)
    else if (value.length > 0) result.push(`--${known.name}=${value.join('=')}`)
    else if (WORD.test(argv[i + 1] ?? '')) result.push(`--${known.name}=${argv[++i]}`)
    else result.push(`--${known.name}=true`)
  }
  return result
}
