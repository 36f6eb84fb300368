import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCommand, helpText, parseHelpRequest, readManifest, toManifest } from '../../../../src/client/help/index.js'
import { packageRoot } from '../../../../src/shared/package.js'

const { description, oclif } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  description: string
  oclif: { topics: Record<string, { description: string }> }
}
const manifest = toManifest(Object.values(readManifest().commands), oclif.topics)
const helpOf = (program: 'snetd' | 'infra', line: string, width = 80): string => {
  const request = parseHelpRequest(line === '' ? [] : line.split(' '))
  if (!request) throw new Error(`${line} asks for no help`)
  return helpText(request, manifest, { program, description, width })
}

describe('help on a terminal', () => {
  test.each([80, 120])('of %i columns is not wrapped by it', async (width) => {
    for (const program of ['snetd', 'infra'] as const) {
      await expect(helpOf(program, '', width)).toMatchFileSnapshot(`screens/${program}-${width}.txt`)
    }
    // How many there are changes with each new setting, and nobody has to look at that again.
    const serve = helpOf('snetd', 'serve --help', width).replace(/All \d+ flags/, 'All N flags')
    await expect(serve).toMatchFileSnapshot(`screens/serve-${width}.txt`)
    const commands = manifest.commands.filter(({ hidden }) => !hidden)
    const pages = commands.map(({ id }) => helpOf('infra', `${id.replaceAll(':', ' ')} --help-all`, width))
    const wide = pages.flatMap((page) => page.split('\n').filter((line) => line.length > width))
    expect(wide).toEqual([])
  })
})

describe('help of the program', () => {
  test.each(['snetd', 'infra'] as const)('under the name %s begins with first steps, all of which exist', (program) => {
    const text = helpOf(program, '')
    const steps = [...text.matchAll(new RegExp(`^ {2}\\$ ${program} ([^<].*?)(?: {2}| …|$)`, 'gm'))].map(
      ([, line]) => line,
    )
    expect(steps.length).toBeGreaterThan(6)
    for (const line of steps) if (line !== '[COMMAND]') findCommand((line as string).split(' '), manifest, program)
    expect(text.indexOf('FIRST STEPS')).toBeLessThan(text.indexOf('COMMANDS'))
  })

  test('puts first what the name is for', () => {
    const [gate, hosts] = [helpOf('snetd', ''), helpOf('infra', '')]
    expect(gate.indexOf('\n  call ')).toBeLessThan(gate.indexOf('\n  group '))
    expect(hosts.indexOf('\n  group ')).toBeLessThan(hosts.indexOf('\n  call '))
  })
})

describe('help of serve', () => {
  test('shows the common flags, and all with --help-all', () => {
    const [short, all] = [helpOf('snetd', 'serve --help'), helpOf('snetd', 'serve --help-all')]
    expect(short.split('\n').length).toBeLessThan(60)
    for (const flag of ['--config', '--service-endpoint', '--data-dir']) expect(short).toContain(flag)
    expect(short).not.toContain('--chain-poll-interval')
    expect(short).toContain('snetd serve --help-all')
    expect(all).toContain('--chain-poll-interval')
  })

  test('never shows flags without effect', () => {
    for (const flag of ['poll-sleep', 'hdwallet-index', 'wire-encoding'])
      expect(helpOf('snetd', 'serve --help-all')).not.toContain(`--${flag}`)
  })
})

describe('what is asked for', () => {
  test.each([
    ['', []],
    ['help', []],
    ['--help', []],
    ['-h', []],
    ['help group create', ['group', 'create']],
    ['group create chat --help', ['group', 'create', 'chat']],
    ['serve -c x.json -h', ['serve']],
  ])('"%s" is help', (line, words) => {
    expect(parseHelpRequest(line === '' ? [] : line.split(' '))?.words).toEqual(words)
  })

  test.each(['serve', 'complete groups -- --help', 'call a b help'])('"%s" is none', (line) => {
    expect(parseHelpRequest(line.split(' '))).toBeUndefined()
  })

  test('a topic shows its commands', () => {
    expect(helpOf('infra', 'group --help')).toContain('  group create ')
    expect(helpOf('infra', 'group receive --help')).toContain('  group receive start ')
  })
})

describe('a command that there is none of', () => {
  const hintOf = (line: string): unknown => {
    try {
      return findCommand(line.split(' '), manifest, 'infra')
    } catch (error) {
      return error
    }
  }

  test.each([
    ['srve', 'command srve not found', 'infra serve'],
    ['group lsit', 'command group lsit not found', 'infra group list'],
    ['group lsit chat', 'command group lsit not found', 'infra group list'],
    ['grup list', 'command grup list not found', 'infra group list'],
    ['group recieve start', 'command group recieve start not found', 'infra group receive start'],
    ['config valdate x.json', 'command config valdate not found', 'infra config validate'],
    ['pear', 'command pear not found', 'infra peer'],
  ])('%s is told with the nearest, as it is typed', (line, message, near) => {
    expect(hintOf(line)).toMatchObject({
      kind: 'invalid-request',
      message,
      hint: expect.stringContaining(`Did you mean "${near}"?`),
    })
  })

  test('that is like none has the way to all', () => {
    expect(hintOf('xyzzy')).toMatchObject({ hint: '"infra --help" shows all commands.' })
  })
})
