import type { ProgramName } from '../program-name.js'
import { isShown } from './command-help.js'
import { commandLines, definitions, indent, paragraphs, section, type Width } from './layout.js'
import { wrap } from '../render/wrap.js'
import { type Manifest, type ManifestCommand, type ManifestTopic, typedForm } from './manifest.js'

export interface RootHelpOptions extends Width {
  readonly program: ProgramName
  readonly description: string
}

type Rows = readonly (readonly [line: string, meaning: string])[]

/** What to type first, under each name. */
const FIRST_STEPS: Readonly<Record<ProgramName, Rows>> = {
  snetd: [
    ['$ snetd sandbox', 'try it: a local chain, a paid service and calls to it'],
    ['$ snetd init', 'write a config file; fill in what is in capitals'],
    ['$ snetd config validate', 'list everything that is wrong with it'],
    ['$ snetd serve', 'run the gate'],
  ],
  infra: [
    ['$ infra sandbox', 'try it: three fake Bertys, a group and a run'],
    ['$ infra peer status', 'see whether the hosts and their Bertys answer'],
    ['$ infra group create chat', 'make one group of all hosts'],
    ['$ infra test new chat 0 …', 'describe a test; "test start" starts it'],
  ],
}

const EXAMPLES: Readonly<Record<ProgramName, readonly string[]>> = {
  snetd: [
    '$ snetd serve -c /etc/snetd/snetd.config.json',
    '$ snetd call my-org my-service add -d @request.json --key-file key -c FILE',
    '$ snetd status --json | jq .gate',
  ],
  infra: [
    '$ infra peer list --host 10.0.0.7 --host 10.0.0.8 --token-file token',
    '$ infra test new chat 0 --size 300B --rate 10 --amount 1000 --inventory hosts.yaml',
    '$ infra test report --inventory hosts.yaml --json | jq .verdict',
  ],
}

export function rootHelp({ commands, topics }: Manifest, { program, description, width }: RootHelpOptions): string {
  const single = commands.filter(({ id, hidden }) => hidden !== true && !id.includes(':'))
  const first = topics.filter(({ name }) => !name.includes(':') && !single.some(({ id }) => id === name))
  const lists = [
    section('COMMANDS', commandRows(single, { width })),
    section('COMMANDS BY TOPIC', topicRows(first, { width })),
  ]
  return paragraphs([
    wrap(description, width).join('\n'),
    section('USAGE', indent([`$ ${program} [COMMAND]`])),
    section('FIRST STEPS', definitions(FIRST_STEPS[program], { width })),
    section('EXAMPLES', indent(EXAMPLES[program].flatMap((line) => commandLines(line, width - 2)))),
    // Users of infra need the topics; users of the gate need the commands.
    ...(program === 'infra' ? [...lists].reverse() : lists),
    `"${program} COMMAND --help" explains a command.`,
  ])
}

export function topicHelp(
  { name, description = '' }: ManifestTopic,
  { commands, topics }: Manifest,
  { program, width }: Width & { readonly program: string },
): string {
  const isBelow = (id: string): boolean =>
    id.startsWith(`${name}:`) && id.split(':').length === name.split(':').length + 1
  return paragraphs([
    wrap(description, width).join('\n'),
    section('USAGE', indent([`$ ${program} ${typedForm(name)} COMMAND`])),
    ...commandSections(
      commands.filter((one) => isShown(one) && isBelow(one.id)),
      { width },
    ),
    section(
      'COMMANDS BY TOPIC',
      topicRows(
        topics.filter((one) => isBelow(one.name)),
        { width },
      ),
    ),
  ])
}

/** Groups the commands by reader: clients and providers look for different ones. */
function commandSections(commands: readonly ManifestCommand[], { width }: Width): string[] {
  const audiences = [...new Set(commands.map(({ audience = '' }) => audience))].sort()
  return audiences.map((audience) =>
    section(
      audience === '' ? 'COMMANDS' : `FOR ${audience.toUpperCase()}`,
      commandRows(
        commands.filter(({ audience: whose = '' }) => whose === audience),
        { width },
      ),
    ),
  )
}

const commandRows = (commands: readonly ManifestCommand[], { width }: Width): string =>
  definitions(
    commands.map(({ id, summary = '' }) => [typedForm(id), summary]),
    { width },
  )

const topicRows = (topics: readonly ManifestTopic[], { width }: Width): string =>
  definitions(
    topics.map(({ name, description = '' }) => [typedForm(name), description]),
    { width },
  )
