// What a page of the documentation has its reader type.

/** Commands that stay until somebody ends them. */
const STAYS_UP = /^(npm run sandbox|(snetd|infra) (serve|sandbox))\b/
const LEFT_OUT = /<!-- not run here: "([^"]*)": ([^>]+) -->/g

/**
 * The lines of the page's `sh` blocks: `{ line, staysUp, leftOut }`. A comment above a block says which lines no check can
 * run and why: `<!-- not run here: "npm test": REASON -->`; the quoted text is how such a line begins.
 */
export function commandsOf(markdown) {
  const commands = []
  for (const { 1: above, 2: block } of markdown.matchAll(/((?:<!--[^\n]*-->\n+)*)[ ]*```sh\n([\s\S]*?)```/g)) {
    const exceptions = [...above.matchAll(LEFT_OUT)].map(([, start, reason]) => ({ start, reason, used: false }))
    for (const text of block.replaceAll(/\\\n\s*/g, '').split('\n')) {
      const line = text.replace(/(^|\s)#.*/, '').trim()
      if (line === '') continue
      const exception = exceptions.find(({ start }) => line.startsWith(start))
      if (exception) exception.used = true
      commands.push({ line, staysUp: STAYS_UP.test(line), leftOut: exception?.reason })
    }
    const stale = exceptions.find(({ used }) => !used)
    if (stale) throw new Error(`no line of the block below begins with "${stale.start}"`)
  }
  return commands
}

/** The commands that the page names in passing, and that the program does not have. */
export function unknownCommands(markdown, ids) {
  const words = [...markdown.matchAll(/`(?:snetd|infra) ([a-z][a-z ]*)/g)].map(([, text]) => text.trim())
  return words.filter(
    (text) => !ids.some((id) => text === id || text.startsWith(`${id} `) || id.startsWith(`${text} `)),
  )
}

/** One bash script that types the page's lines, with `names` put in, and `acts` after a line that begins so. */
export function scriptOf(commands, { acts, names }) {
  const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`
  const lines = commands.flatMap(({ line, staysUp, leftOut }) => {
    if (leftOut !== undefined) return []
    const typed = Object.entries(names).reduce((text, [name, real]) => text.replaceAll(name, real), line)
    const act = Object.entries(acts).find(([start]) => line.startsWith(start))?.[1] ?? []
    return [`told ${quoted(typed)}`, staysUp ? `stays_up ${quoted(typed)}` : typed, ...act]
  })
  return [PRELUDE, ...lines, ''].join('\n')
}

const PRELUDE = `set -euo pipefail
npm() { (cd "$CLONE" && command npm "$@"); }
told() { printf '  $ %s\\n' "$1" >&2; }
ups=()
stays_up() {
  # npm is typed in the clone, everything else where the reader stands.
  local log="$PWD/.up.\${#ups[@]}" place="$PWD"
  if [[ $1 == npm* ]]; then place=$CLONE; fi
  (cd "$place" && exec setsid $1) >"$log" 2>&1 &
  ups+=($!)
  for _ in $(seq 900); do
    if grep -qE '^ready |^Ctrl-C ends' "$log"; then return; fi
    kill -0 $! 2>/dev/null || break
    sleep 0.2
  done
  cat "$log" >&2
  return 1
}
trap 'for up in "\${ups[@]}"; do kill -TERM -- "-$up" 2>/dev/null || kill -TERM "$up" 2>/dev/null; done; wait' EXIT
`
