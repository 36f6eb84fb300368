import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Config, Errors, Flags, type Interfaces } from '@oclif/core'
import { beforeAll, expect, test, vi } from 'vitest'
import { DaemonCommand } from '../../../src/client/command.js'
import { packageNamed } from '../../../src/client/program-name.js'
import { SnetError } from '../../../src/shared/errors.js'
import { packageRoot } from '../../../src/shared/package.js'

/** Fails as it is told on the command line. */
class Failing extends DaemonCommand {
  static override id = 'failing'
  static override flags = { kind: Flags.string(), result: Flags.boolean(), warning: Flags.boolean() }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Failing)
    if (flags.warning) this.warn(new SnetError('invalid-config', 'no file', { hint: 'Write one.' }))
    if (flags.result) return { amount: 10n }
    if (flags.kind === 'bug') throw new TypeError('x is undefined')
    throw new SnetError('not-found', 'no channel 7', { hint: 'Open one.', details: { channel: '7' } })
  }
}

let config: Config
beforeAll(async () => {
  const pjson = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as Interfaces.PJSON
  config = await Config.load({ root: packageRoot, pjson: packageNamed('infra', pjson) })
})

test('a failure is told on stderr, with its hint, and its code rises to the top', async () => {
  const { code, out, err } = await runWith([])
  expect({ code, out, err }).toEqual({ code: 6, out: '', err: 'Error: no channel 7\nHint:  Open one.\n' })
})

test('with --json a failure is one line of JSON on stderr, and stdout has no result', async () => {
  const { code, out, err } = await runWith(['--json'])
  expect({ code, out }).toEqual({ code: 6, out: '' })
  expect(err).toMatch(/^\{.*\}\n$/)
  expect(JSON.parse(err)).toEqual({
    error: { kind: 'not-found', message: 'no channel 7', hint: 'Open one.', details: { channel: '7' } },
  })
})

test('a flag that does not exist ends with 2, also with --json, and the hint speaks the name that was typed', async () => {
  expect(await runWith(['--nope'])).toMatchObject({ code: 2, err: expect.stringContaining('"infra failing --help"') })
  const { code, out, err } = await runWith(['--nope', '--json'])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(JSON.parse(err)).toMatchObject({ error: { kind: 'invalid-request', message: 'Nonexistent flag: --nope' } })
})

test('a warning is told on stderr with its hint, with --json as an object', async () => {
  const { err } = await runWith(['--warning', '--result'])
  expect(err).toBe('Warning: no file\nHint:  Write one.\n')
  const { out, err: line } = await runWith(['--warning', '--result', '--json'])
  expect({ out, line }).toEqual({
    out: '{"amount":"10"}\n',
    line: '{"warning":"no file","hint":"Write one."}\n',
  })
})

test('a bug ends with 1 and keeps its message to itself', async () => {
  const { code, err } = await runWith(['--kind=bug'])
  expect(code).toBe(1)
  expect(err).toContain('internal error')
  expect(err).not.toContain('x is undefined')
})

test('a result with bigints is one line of JSON', async () => {
  expect(await runWith(['--result', '--json'])).toEqual({ code: 0, out: '{"amount":"10"}\n', err: '' })
})

/** The command as the program runs it: what it wrote, and the exit code it asked for. */
async function runWith(argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' }
  const catching = (to: 'out' | 'err') => (chunk: unknown) => {
    written[to] += String(chunk)
    return true
  }
  using _out = vi.spyOn(process.stdout, 'write').mockImplementation(catching('out'))
  using _err = vi.spyOn(process.stderr, 'write').mockImplementation(catching('err'))
  try {
    await Failing.run(argv, config)
    return { code: 0, ...written }
  } catch (thrown) {
    if (!(thrown instanceof Errors.ExitError)) throw thrown
    return { code: thrown.oclif.exit ?? -1, ...written }
  }
}
