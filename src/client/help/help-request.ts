const HELP_FLAGS = ['--help', '-h', '--help-all']

export interface HelpRequest {
  /** What help is wanted for; none for the program itself. */
  readonly words: readonly string[]
  readonly isAll: boolean
}

/** Whether a command line asks for help: `help …`, one of the help flags, or nothing at all. */
export function parseHelpRequest(argv: readonly string[]): HelpRequest | undefined {
  const end = argv.indexOf('--')
  const ours = end < 0 ? argv : argv.slice(0, end)
  const isFlagged = ours.some((word) => HELP_FLAGS.includes(word))
  if (!isFlagged && ours.length > 0 && ours[0] !== 'help') return undefined
  const words = ours[0] === 'help' ? ours.slice(1) : ours
  const flag = words.findIndex((word) => word.startsWith('-'))
  return { words: flag < 0 ? words : words.slice(0, flag), isAll: ours.includes('--help-all') }
}
