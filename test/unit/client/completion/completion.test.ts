import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { bashScript, fishScript, toCompletions, zshScript } from '../../../../src/client/completion/index.js'
import { readManifest, toManifest } from '../../../../src/client/help/index.js'

const completions = toCompletions(toManifest(Object.values(readManifest().commands), {}))

/** What bash would offer for the last of these words. Groups are asked for from a program that answers with its words. */
function offered(...typed: string[]): string[] {
  const script = `${bashScript('infra', completions)}
infra() { echo "asked:$(IFS=,; echo "$*")"; }
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _infra; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...typed], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((line) => line !== '')
}

test('bash completes commands word by word', () => {
  expect(offered('infra', 'gr')).toEqual(['group'])
  expect(offered('infra', 'group', 'receive', '')).toEqual(['start', 'stop'])
  expect(offered('infra', '')).not.toContain('complete')
})

test('bash completes flags, and the values that they may have', () => {
  expect(offered('infra', 'test', 'new', 'chat', '0', '--ty')).toEqual(['--type'])
  expect(offered('infra', 'test', 'new', 'chat', '0', '--type', '')).toEqual(['text', 'media'])
  expect(offered('infra', 'serve', '--config', '')).toEqual([])
})

test('bash asks the hidden command for what only hosts know, with the words that say which hosts', () => {
  expect(offered('infra', 'group', 'join', '')).toEqual(['asked:complete,groups,--,group,join'])
  expect(offered('infra', 'test', 'stop', '--host', 'a', 'chat', '')).toEqual([
    'asked:complete,tests,--,test,stop,--host,a,chat',
  ])
  expect(offered('infra', 'test', 'report', '--host', '')).toEqual(['asked:complete,peers,--,test,report,--host'])
})

test('zsh takes the same script', () => {
  expect(zshScript('snetd', completions)).toContain(bashScript('snetd', completions))
})

test('the script for fish is made of every command and flag', () => {
  const script = fishScript('snetd', completions)
  for (const { name, flags } of completions.commands) {
    const word = name.split(' ').at(-1) as string
    expect(script).toMatch(new RegExp(`^complete -c snetd -f -n '__snetd_at .*' -a ${word} -d '`, 'm'))
    const lines = script.split('\n').filter((line) => line.startsWith(`complete -c snetd -n '__snetd_in ${name}' `))
    expect(lines.map((line) => / -l (\S+) /.exec(line)?.[1])).toEqual(flags.map((flag) => flag.name))
  }
  expect(script).toContain(`complete -c snetd -f -n '__snetd_args 0 group join' -a '(__snetd_values groups)'`)
  expect(script).toContain(`-l type -x -a 'text media'`)
})
