import { isShown, type Manifest, typedForm } from '../help/index.js'
import { kindOfArgument, kindOfFlag, type ValueKind } from './values.js'

export interface FlagCompletion {
  readonly name: string
  readonly char: string | undefined
  readonly meaning: string
  readonly takesValue: boolean
  readonly options: readonly string[]
  readonly kind: ValueKind | undefined
}

export interface CommandCompletion {
  /** As typed. */
  readonly name: string
  readonly meaning: string
  readonly args: readonly { readonly options: readonly string[]; readonly kind: ValueKind | undefined }[]
  readonly flags: readonly FlagCompletion[]
}

/** What a shell can offer, without asking anybody: every command with its words, its arguments and its flags. */
export interface Completions {
  readonly commands: readonly CommandCompletion[]
  /** The words that may follow other words: of the program itself under ''. */
  readonly words: ReadonlyMap<string, readonly { readonly word: string; readonly meaning: string }[]>
}

export function toCompletions({ commands, topics }: Manifest): Completions {
  const shown = commands.filter(isShown)
  const words = new Map<string, { word: string; meaning: string }[]>()
  const names = [
    ...shown.map(({ id, summary = '' }) => ({ id, meaning: summary })),
    ...topics.map(({ name, description = '' }) => ({ id: name, meaning: description })),
  ]
  for (const { id, meaning } of names) {
    const parts = id.split(':')
    const word = parts.pop() as string
    const before = parts.join(' ')
    const known = words.get(before) ?? []
    if (!known.some((one) => one.word === word)) words.set(before, [...known, { word, meaning }])
  }
  return {
    words,
    commands: shown.map(({ id, summary = '', args, flags }) => ({
      name: typedForm(id),
      meaning: summary,
      args: Object.values(args).map((arg) => ({ options: arg.options ?? [], kind: kindOfArgument(id, arg.name) })),
      flags: Object.values(flags)
        .filter(isShown)
        .map((flag) => ({
          name: flag.name,
          char: flag.char,
          meaning: flag.summary ?? flag.description ?? '',
          takesValue: flag.type !== 'boolean',
          options: flag.options ?? [],
          kind: kindOfFlag(flag.name),
        })),
    })),
  }
}
