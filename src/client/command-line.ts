import type { ProgramName } from './program-name.js'

const ASKS_FOR_HELP = ['--help', '-h', 'help', '--version', '-v']

/**
 * What was typed, as oclif's commands: users of the reference daemon name the config file before the command, say
 * `init-full`, `list channels` and `channel --unlock 7`, and start the daemon by its name alone. `infra` alone shows help, and its sandbox is that of test hosts.
 */
export function commandLine(name: ProgramName, typed: readonly string[]): string[] {
  const { file, rest } = leadingConfig(typed)
  const [first] = rest
  const isBare = first === undefined || (first.startsWith('-') && !ASKS_FOR_HELP.includes(first))
  const command = isBare && (name === 'snetd' || file.length > 0) ? ['serve', ...rest] : rename(name, rest)
  const end = command.indexOf('--')
  return end < 0 ? [...command, ...file] : [...command.slice(0, end), ...file, ...command.slice(end)]
}

/** `-c FILE` or `--config FILE` before any command. */
function leadingConfig(typed: readonly string[]): { file: readonly string[]; rest: readonly string[] } {
  const [first = ''] = typed
  if (first === '-c' || first === '--config') return { file: typed.slice(0, 2), rest: typed.slice(2) }
  if (/^(?:-c|--config)=/.test(first)) return { file: typed.slice(0, 1), rest: typed.slice(1) }
  return { file: [], rest: typed }
}

const rename = (name: ProgramName, [first, ...rest]: readonly string[]): string[] => {
  if (name === 'infra' && first === 'sandbox' && (rest[0] === undefined || rest[0].startsWith('-'))) {
    return ['sandbox', 'infra', ...rest]
  }
  if (first === 'init-full') return ['init', '--full', ...rest]
  if (first === 'list' && (rest[0] === 'channels' || rest[0] === 'claims')) {
    const lines = rest.includes('--json') ? [] : ['--lines']
    return [rest[0] === 'channels' ? 'channel' : 'claims', 'list', ...rest.slice(1), ...lines]
  }
  if (first === 'channel') return ['channel', ...unlocking(rest)]
  return first === undefined ? [] : [first, ...rest]
}

/** `channel --unlock 7`, `channel -u=7`: the number is what the command is about. */
function unlocking(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => /^(?:--unlock|-u)(?:=|$)/.test(word))
  const [word = ''] = words.slice(at)
  if (at < 0 || !words[0]?.startsWith('-')) return words
  const value = word.includes('=') ? [word.slice(word.indexOf('=') + 1)] : []
  return ['unlock', ...words.slice(0, at), ...value, ...words.slice(at + 1)]
}
