import { expect, test } from 'vitest'
import { commandLine } from '../../../src/client/command-line.js'

test.each([
  ['', 'serve'],
  ['-b=false', 'serve -b=false'],
  ['--config x.json', 'serve --config x.json'],
  ['-c x.json', 'serve -c x.json'],
  ['-c=x.json -t http', 'serve -t http -c=x.json'],
  ['-c x.json config validate', 'config validate -c x.json'],
  ['-c x.json call a b -- c', 'call a b -c x.json -- c'],
  ['init-full', 'init --full'],
  ['-c x.json init-full', 'init --full -c x.json'],
  ['init-full -c x.json', 'init --full -c x.json'],
  ['list channels', 'channel list --lines'],
  ['list claims --data-dir x', 'claims list --data-dir x --lines'],
  ['-c x.json list claims --json', 'claims list --json -c x.json'],
  ['channel --unlock 7', 'channel unlock 7'],
  ['channel -u=7', 'channel unlock 7'],
  ['-c x.json channel -u 7', 'channel unlock 7 -c x.json'],
  ['channel -c x.json --unlock 7', 'channel unlock -c x.json 7'],
  ['channel unlock 7', 'channel unlock 7'],
  ['channel', 'channel'],
  ['list', 'list'],
  ['serve -c x.json', 'serve -c x.json'],
  ['--help', '--help'],
  ['-h', '-h'],
  ['--version', '--version'],
])('snetd %s means %s', (typed, command) => {
  expect(commandLine('snetd', words(typed))).toEqual(words(command))
})

test.each([
  ['', ''],
  ['--no-such-flag', '--no-such-flag'],
  ['serve', 'serve'],
  ['-c x.json', 'serve -c x.json'],
])('infra %s means %s', (typed, command) => {
  expect(commandLine('infra', words(typed))).toEqual(words(command))
})

const words = (text: string): string[] => (text === '' ? [] : text.split(' '))
