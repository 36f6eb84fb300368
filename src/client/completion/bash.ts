import type { CommandCompletion, Completions } from './completions.js'

/**
 * A script for bash, and for zsh by its emulation. It knows commands, flags and fixed values by itself; what only hosts
 * know it asks for by the hidden command.
 */
export function bashScript(program: string, { commands, words }: Completions): string {
  const fn = `_${program}`
  return `# Completion of ${program}; "${program} autocomplete --help" says where it goes.
${fn}_words() {
  case "$1" in
${[...words].map(([before, list]) => `    ${quote(before)}) echo ${quote(list.map(({ word }) => word).join(' '))} ;;`).join('\n')}
  esac
}
${fn}_flags() {
  case "$1" in
${commands.map(({ name, flags }) => `    ${quote(name)}) echo ${quote(flags.map((flag) => `--${flag.name}`).join(' '))} ;;`).join('\n')}
  esac
}
# What follows a flag, or stands at the place of an argument: a list of words, or @KIND for the hidden command.
${fn}_values() {
  case "$1" in
${commands.flatMap(valueCases).join('\n')}
  esac
}
${fn}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' args=0 i word values=''
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $word == -* ]]; then
      [[ -n $(${fn}_values "$command $word") ]] && ((i++))
    elif [[ -n $(${fn}_words "$command") && " $(${fn}_words "$command") " == *" $word "* && $args -eq 0 ]]; then
      command="\${command:+$command }$word"
    else
      ((args++))
    fi
  done
  COMPREPLY=()
  if [[ $prev == -* ]]; then values=$(${fn}_values "$command $prev"); fi
  if [[ -z $values && $cur == -* ]]; then values=$(${fn}_flags "$command"); fi
  if [[ -z $values ]]; then values="$(${fn}_words "$command") $(${fn}_values "$command $args")"; fi
  case "$values" in
    *@FILE*) return 0 ;;
    *@*) values="\${values%%@*} $(${program} complete "\${values##*@}" -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)" ;;
  esac
  COMPREPLY=($(compgen -W "$values" -- "$cur"))
}
complete -o default -F ${fn} ${program}
`
}

export const zshScript = (program: string, completions: Completions): string =>
  `autoload -U +X compinit && compinit -u\nautoload -U +X bashcompinit && bashcompinit\n${bashScript(program, completions)}`

function valueCases({ name, args, flags }: CommandCompletion): string[] {
  const valued = flags.filter(({ takesValue }) => takesValue)
  return [
    ...args.flatMap((arg, at) => valueCase([`${name} ${at}`], arg)),
    ...valued.flatMap((flag) => {
      const spellings = [`--${flag.name}`, ...(flag.char === undefined ? [] : [`-${flag.char}`])]
      const cases = valueCase(
        spellings.map((spelling) => `${name} ${spelling}`),
        flag,
      )
      // Whatever its value is, the next word is not an argument.
      return cases.length > 0
        ? cases
        : [`    ${spellings.map((one) => quote(`${name} ${one}`)).join(' | ')}) echo @FILE ;;`]
    }),
  ]
}

function valueCase(
  places: readonly string[],
  { options, kind }: { readonly options: readonly string[]; readonly kind: string | undefined },
): string[] {
  const value = kind === undefined ? options.join(' ') : `@${kind}`
  return value === '' ? [] : [`    ${places.map(quote).join(' | ')}) echo ${quote(value)} ;;`]
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
