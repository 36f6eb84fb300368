import { commandLines, definitions, indent, paragraphs, section, type Width } from './layout.js'
import { wrap } from '../render/wrap.js'
import { type ManifestArg, type ManifestCommand, type ManifestFlag, typedForm } from './manifest.js'

export interface CommandHelpOptions extends Width {
  readonly program: string
  /** Shows every flag, also for a command that usually shows only its common ones. */
  readonly isAll: boolean
}

/** Whether help and completion speak of it. */
export const isShown = ({ hidden }: { readonly hidden?: boolean }): boolean => hidden !== true

export function commandHelp(command: ManifestCommand, { program, isAll, width }: CommandHelpOptions): string {
  const id = typedForm(command.id)
  const say = (text: string): string =>
    text.replaceAll(/<%= *config\.bin *%>/g, program).replaceAll(/<%= *command\.id *%>/g, id)
  const args = Object.values(command.args).filter(isShown)
  const all = Object.values(command.flags).filter(isShown)
  const common = isAll ? undefined : command.commonFlags
  const flags = common ? common.flatMap((name) => command.flags[name] ?? []) : all
  const rest = common ? `All ${all.length} flags: ${program} ${id} --help-all` : ''
  const examples = (command.examples ?? []).flatMap((one) => commandLines(`$ ${say(String(one))}`, width - 2))
  const usage = ['$', program, id, ...args.map(argUsage), ...(all.length > 0 ? ['[FLAGS]'] : [])].join(' ')
  return paragraphs([
    wrap(say(command.summary ?? ''), width).join('\n'),
    section('USAGE', indent([usage])),
    section('DESCRIPTION', indent(wrap(say(command.description ?? ''), width - 2))),
    section('EXAMPLES', indent(examples)),
    section('ARGUMENTS', definitions(args.map(argRow), { width })),
    ...(common ? [section('FLAGS', definitions(flags.map(flagRow), { width }))] : flagSections(flags, { width })),
    rest,
  ])
}

const argUsage = ({ name, required }: ManifestArg): string =>
  required ? name.toUpperCase() : `[${name.toUpperCase()}]`

const argRow = ({ name, description = '', options }: ManifestArg): [string, string] => [
  name.toUpperCase(),
  withNotes(description, options ? [`One of ${options.join(', ')}.`] : []),
]

/** Sorted by group, flags without a group first; all names are in one column. */
function flagSections(flags: readonly ManifestFlag[], { width }: Width): string[] {
  const groups = [...new Set(flags.map(({ helpGroup = '' }) => helpGroup))].sort((a, b) => rank(a) - rank(b))
  return groups.map((group) =>
    section(
      group === '' ? 'FLAGS' : `${group} FLAGS`,
      definitions(flags.filter(({ helpGroup = '' }) => helpGroup === group).map(flagRow), { width }),
    ),
  )
}

const rank = (group: string): number => (group === '' ? 0 : group === 'GLOBAL' ? 2 : 1)

const flagRow = (flag: ManifestFlag): [string, string] => {
  const { summary, description = '', options, required, default: preset } = flag
  const notes = [
    ...(required ? ['Required.'] : []),
    ...(options ? [`One of ${options.join(', ')}.`] : []),
    ...(typeof preset === 'string' || typeof preset === 'number' ? [`Default: ${preset}.`] : []),
  ]
  return [
    `${flag.char === undefined ? '    ' : `-${flag.char}, `}--${flag.name}${flagValue(flag)}`,
    withNotes(summary ?? description, notes),
  ]
}

const flagValue = ({ type, name, helpValue }: ManifestFlag): string => {
  if (type === 'boolean') return ''
  const value = typeof helpValue === 'string' ? helpValue : name.toUpperCase()
  return `=${value}`
}

const withNotes = (text: string, notes: readonly string[]): string => [text, ...notes].join(' ')
