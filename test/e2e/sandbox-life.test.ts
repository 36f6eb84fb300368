import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../../src/shared/package.js'
import { tempDir } from '../support/temp-dir.js'
import { until } from '../support/until.js'

let temp: Awaited<ReturnType<typeof tempDir>>
beforeAll(async () => {
  temp = await tempDir()
})
afterAll(() => temp.remove())

const start = (args: readonly string[]) => {
  const child = spawn(process.execPath, [join(packageRoot, 'bin/run.js'), 'sandbox', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: temp.path },
  })
  const told: string[] = []
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', (line) => told.push(line))
  return { child, told, ended: once(child, 'close') as Promise<[number | null, string | null]> }
}

const directories = (): string[] => readdirSync(temp.path).filter((name) => name.startsWith('snetd-sandbox-'))

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while it starts removes the directory with the key, and says so',
  async (signal) => {
    const { child, told, ended } = start([])
    await until('the gate is being started', () =>
      directories().some((name) => existsSync(join(temp.path, name, 'client.key'))),
    )
    const [directory] = directories()
    child.kill(signal)
    expect(await ended).toEqual([0, null])
    expect(told.at(-1)).toBe(`Removed ${join(temp.path, directory ?? '')}.`)
    expect(directories()).toEqual([])
  },
)

test('a second signal ends it at once, and the directory goes all the same', async () => {
  const { child, ended } = start([])
  await until('there is a directory', () => directories().length > 0)
  child.kill('SIGINT')
  child.kill('SIGTERM')
  expect((await ended)[1]).toBeNull()
  expect(directories()).toEqual([])
})

test.each(['', 'infra'])('what "sandbox %s" tells to type next fits 80 columns and works as typed', async (name) => {
  const { child, told, ended } = start(name === '' ? [] : [name])
  await until('it tells what to type next', () => told.some((line) => line.startsWith('Ctrl-C')), { limitMs: 60_000 })
  const lines = told.slice(told.findIndex((line) => line.includes('Try next')))
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
  const typed = lines.slice(1, -1).filter((line) => !line.includes('test '))
  const bash = spawn('bash', ['-ec', typed.join('\n')], { cwd: packageRoot, stdio: 'ignore' })
  expect(await once(bash, 'close')).toEqual([0, null])
  child.kill('SIGTERM')
  await ended
})

test('it ends with the program that reads its --json', async () => {
  const { child, told, ended } = start(['--json'])
  await once(child.stdout, 'data')
  await until('the line is read', () => told.length > 0)
  expect(JSON.parse(told[0] ?? '')).toMatchObject({ service: 'ExampleSvc' })
  child.stdout.destroy()
  expect(await ended).toEqual([0, null])
  expect(directories()).toEqual([])
})

test.each([[[]], [['infra']]])(
  'a directory that cannot be made is told, and not waited for: sandbox %j',
  async (name) => {
    const { told, ended } = start([...name, '--directory', '/proc/nope'])
    expect(await ended).toEqual([2, null])
    expect(told.join('\n')).toContain(
      "Error: the directory cannot be made: ENOENT: no such file or directory, mkdir '/proc/nope'",
    )
  },
)
