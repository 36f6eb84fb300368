import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { commandsOf, scriptOf, unknownCommands } from '../../../scripts/lib/guide.mjs'

const page = `
<!-- not run here: "npm test": a check of its own -->
\`\`\`sh
npm test   # all of them
snetd init # a file
snetd config validate \\
  --json
\`\`\`
1. In a list:

   \`\`\`sh
   snetd serve -c a.json
   \`\`\`

\`\`\`json
{ "not": "typed" }
\`\`\`
`

test('the lines of sh blocks are what is typed, without comments, joined where they go on', () => {
  expect(commandsOf(page)).toEqual([
    { line: 'npm test', staysUp: false, leftOut: 'a check of its own' },
    { line: 'snetd init', staysUp: false, leftOut: undefined },
    { line: 'snetd config validate --json', staysUp: false, leftOut: undefined },
    { line: 'snetd serve -c a.json', staysUp: true, leftOut: undefined },
  ])
})

test('an exception that fits no line is an error: it has become stale', () => {
  expect(() => commandsOf('<!-- not run here: "gone": why -->\n```sh\nls\n```')).toThrow('begins with "gone"')
})

test('commands in passing that the program does not have are found', () => {
  const text = 'See `snetd config explain -c x`, `infra test`, `snetd invent it` and `infra group make`.'
  expect(unknownCommands(text, ['config explain', 'test new', 'group create'])).toEqual(['invent it', 'group make'])
})

describe('the script', () => {
  const bash = (markdown, { acts = {}, names = {} } = {}) =>
    spawnSync('bash', ['-c', scriptOf(commandsOf(markdown), { acts, names })], { encoding: 'utf8' })

  test('ends at the first line that fails, and has told which', () => {
    expect(bash('```sh\necho one\nfalse\necho two\n```')).toMatchObject({
      status: 1,
      stdout: 'one\n',
      stderr: '  $ echo one\n  $ false\n',
    })
  })

  test('puts real names in, keeps variables from block to block, and acts where the reader does', () => {
    const markdown = '```sh\nA=your-org\n```\n```sh\necho "$A $B"\n```'
    const { stdout } = bash(markdown, { acts: { 'A=': ["B='it is'"] }, names: { 'your-org': 'acme' } })
    expect(stdout).toBe('acme it is\n')
  })

  test('a command that stays up and never becomes ready fails the page', () => {
    expect(bash('```sh\nsnetd serve --no-such-program\n```').status).not.toBe(0)
  })
})
