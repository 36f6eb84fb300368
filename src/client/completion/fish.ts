import type { CommandCompletion, Completions, FlagCompletion } from './completions.js'

/** A script for fish. What only hosts know it asks for by the hidden command. */
export function fishScript(program: string, { commands, words }: Completions): string {
  const at = `__${program}_at`
  const values = (kind: string): string => `(__${program}_values ${kind})`
  const lines = [
    ...[...words].flatMap(([before, list]) =>
      list.map(
        ({ word, meaning }) =>
          `complete -c ${program} -f -n ${quote(`${at} ${before}`)} -a ${word} -d ${quote(meaning)}`,
      ),
    ),
    ...commands.flatMap((command) => commandLines(program, command, values)),
  ]
  return `# Completion of ${program}; "${program} autocomplete --help" says where it goes.
# Whether the words before the cursor are these.
function ${at}
    set -l typed (commandline -opc)
    set -e typed[1]
    set -l count 0
    for word in $typed
        string match -q -- '-*' $word; and break
        set count (math $count + 1)
    end
    test "$count" -gt 0; and set typed $typed[1..$count]; or set typed
    test "$typed" = "$argv"
end
# Whether a command is among them.
function __${program}_in
    set -l typed (commandline -opc)
    set -e typed[1]
    test (count $typed) -ge (count $argv); and test "$typed[1..(count $argv)]" = "$argv"
end
# Whether so many arguments follow a command.
function __${program}_args
    set -l typed (commandline -opc)
    set -e typed[1]
    set -l command $argv[2..-1]
    test (count $typed) -eq (math (count $command) + $argv[1]); and __${program}_in $command
end
function __${program}_values
    set -l typed (commandline -opc)
    ${program} complete $argv[1] -- $typed[2..-1] 2>/dev/null
end
${lines.join('\n')}
`
}

function commandLines(
  program: string,
  { name, args, flags }: CommandCompletion,
  values: (kind: string) => string,
): string[] {
  return [
    ...args.flatMap(({ options, kind }, count) => {
      const list = kind === undefined ? options.join(' ') : values(kind)
      const place = quote(`__${program}_args ${count} ${name}`)
      return list === '' ? [] : [`complete -c ${program} -f -n ${place} -a ${quote(list)}`]
    }),
    ...flags.map((flag) => flagLine(program, name, flag, values)),
  ]
}

function flagLine(program: string, command: string, flag: FlagCompletion, values: (kind: string) => string): string {
  const { name, char, meaning, takesValue, options, kind } = flag
  const list = kind === undefined ? options.join(' ') : values(kind)
  return [
    `complete -c ${program} -n ${quote(`__${program}_in ${command}`)}`,
    ...(char === undefined ? [] : [`-s ${char}`]),
    `-l ${name}`,
    ...(takesValue ? (list === '' ? ['-r'] : [`-x -a ${quote(list)}`]) : ['-f']),
    `-d ${quote(meaning)}`,
  ].join(' ')
}

const quote = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', ' ')}'`
