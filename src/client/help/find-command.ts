import { SnetError } from '../../shared/errors.js'
import { nearestKey } from '../../shared/nearest-key.js'
import { type Manifest, type ManifestCommand, type ManifestTopic, typedForm } from './manifest.js'

export type Found =
  | { readonly kind: 'command'; readonly command: ManifestCommand }
  | { readonly kind: 'topic'; readonly topic: ManifestTopic }

/**
 * The command that a command line begins with, or the topic that all its words name. Words before the first flag count.
 * Error: `invalid-request` naming the nearest.
 */
export function findCommand(argv: readonly string[], { commands, topics }: Manifest, program: string): Found {
  const words = leadingWords(argv)
  for (let count = words.length; count > 0; count--) {
    const id = words.slice(0, count).join(':')
    const command = commands.find((one) => one.id === id)
    const topic = topics.find(({ name }) => name === id)
    // "sandbox" is a topic and a command; what follows "group receive" has to be one of its commands.
    if (command) return { kind: 'command', command }
    if (topic && count === words.length) return { kind: 'topic', topic }
    if (topic) break
  }
  throw unknownCommand(words, { commands, topics }, program)
}

/** As many words as the longest command may have. */
const leadingWords = (argv: readonly string[]): string[] => {
  const end = argv.findIndex((word) => word.startsWith('-'))
  return (end < 0 ? argv : argv.slice(0, end)).flatMap((word) => word.split(':'))
}

function unknownCommand(words: readonly string[], { commands, topics }: Manifest, program: string): SnetError {
  const known = [
    ...commands.filter(({ hidden }) => !hidden).map(({ id }) => typedForm(id)),
    ...topics.map(({ name }) => typedForm(name)),
  ]
  const counts = [3, 2, 1].filter((count) => count <= words.length)
  const nearest = counts.flatMap((count) => {
    const typed = words.slice(0, count).join(' ')
    const near = nearestKey(
      typed,
      known.filter((name) => name.split(' ').length === count),
    )
    return near === undefined ? [] : [{ typed, near }]
  })[0]
  const typed = nearest?.typed ?? words.slice(0, 2).join(' ')
  const guess = nearest === undefined ? '' : `Did you mean "${program} ${nearest.near}"? `
  return new SnetError('invalid-request', `command ${typed} not found`, {
    hint: `${guess}"${program} --help" shows all commands.`,
  })
}
