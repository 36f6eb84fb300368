import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Linter } from 'eslint'
import { afterAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../../src/shared/package.js'
import { tempDir } from '../../support/temp-dir.js'

const { path: unbuilt, remove } = await tempDir()
afterAll(remove)

const run = (file, ...args) =>
  spawnSync(process.execPath, [join(packageRoot, 'bin', file), ...args], { encoding: 'utf8', timeout: 60_000 })

test.each([
  ['run.js', 'snetd'],
  ['infra.js', 'infra'],
  ['dev.mjs', 'snetd'],
])('help of bin/%s speaks the name %s', (file, name) => {
  const { status, stdout } = run(file, 'serve', '--help')
  expect(status).toBe(0)
  expect(stdout).toContain(`$ ${name} serve`)
})

test('both names offer the same commands', () => {
  const [one, other] = ['run.js', 'infra.js'].map((file) => run(file, '--help').stdout)
  const listed = (text) => [...text.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name).sort()
  expect(listed(one)).toContain('serve')
  expect(listed(other)).toEqual(listed(one))
})

test.each(['--version', '-v'])('%s is one line', (flag) => {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))
  const stdout = `snetd/${version} ${process.platform}-${process.arch} node-${process.version}\n`
  expect(run('run.js', flag)).toMatchObject({ status: 0, stdout, stderr: '' })
  expect(run('infra.js', flag)).toMatchObject({ status: 0, stdout, stderr: '' })
})

test('version prints the three lines of the reference daemon', () => {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))
  expect(run('run.js', 'version').stdout).toMatch(
    new RegExp(
      `^version tag: v${version}\\nbuilt on: \\d{4}-\\d\\d-\\d\\dT.*Z\\nsha1 revision: ([0-9a-f]{40}|unknown)\\n$`,
    ),
  )
})

test('what an old Node reads is in the language of its time', () => {
  for (const file of ['run.js', 'infra.js', 'start.js']) {
    const text = readFileSync(join(packageRoot, 'bin', file), 'utf8')
    expect(new Linter().verify(text, { languageOptions: { ecmaVersion: 5, sourceType: 'script' } })).toEqual([])
  }
})

describe('under a Node that is too old', () => {
  const older = join(unbuilt, 'older.cjs')
  writeFileSync(older, "Object.defineProperty(process.versions, 'node', { value: '20.18.3' })")
  const runOlder = (file, ...args) =>
    spawnSync(process.execPath, ['--require', older, join(packageRoot, 'bin', file), ...args], { encoding: 'utf8' })

  test.each(['config validate', 'serve', 'version', '--help', 'peer list'])('"%s" says so and does nothing', (line) => {
    expect(runOlder('infra.js', ...line.split(' '))).toMatchObject({
      status: 3,
      stdout: '',
      stderr: 'Error: infra needs Node 20.19 or newer, this is 20.18.3.\n',
    })
  })

  test('with --json it is an object', () => {
    const { stderr } = runOlder('run.js', 'config', 'validate', '--json')
    const message = 'snetd needs Node 20.19 or newer, this is 20.18.3.'
    expect(JSON.parse(stderr)).toEqual({ error: { kind: 'unavailable', message } })
  })
})

test.each([['--help'], ['serve', '--help'], ['--version']])('%s %s loads little of the program', (...args) => {
  const seen = mkdtempSync(join(unbuilt, 'loaded-'))
  const env = { ...process.env, NODE_V8_COVERAGE: seen }
  spawnSync(process.execPath, [join(packageRoot, 'bin/run.js'), ...args], { env })
  const loaded = readdirSync(seen)
    .flatMap((file) => JSON.parse(readFileSync(join(seen, file), 'utf8')).result.map(({ url }) => url))
    .filter((url) => url.startsWith('file:') && url.includes('/dist/'))
  const bytes = loaded.reduce((sum, url) => sum + statSync(fileURLToPath(url)).size, 0)
  expect(loaded.length).toBeGreaterThan(0)
  // The library that runs commands alone is over 500 000.
  expect(bytes).toBeLessThan(150_000)
})

test('an unknown command ends with 2 and says where to look', () => {
  for (const args of [['nope'], ['help', 'nope']])
    expect(run('infra.js', ...args)).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'Error: command nope not found\nHint:  "infra --help" shows all commands.\n',
    })
})

test('a reader that leaves early ends the command quietly', async () => {
  const child = spawn(process.execPath, [join(packageRoot, 'bin/run.js'), 'serve', '--help'])
  child.stdout.destroy()
  let complaint = ''
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const [code] = await once(child, 'close')
  expect({ code, complaint }).toEqual({ code: 0, complaint: '' })
})

test.each([
  ['a clone', 'build.mjs', /^Error: .* npm ci && npm run build\n$/],
  ['an installed package', undefined, /^Error: the program is not built\. Install the package again\.\n$/],
])('without a build one line says what to do with %s', (_what, builder, words) => {
  const root = join(unbuilt, builder ? 'clone' : 'package')
  cpSync(join(packageRoot, 'bin'), join(root, 'bin'), { recursive: true })
  cpSync(join(packageRoot, 'package.json'), join(root, 'package.json'))
  if (builder) cpSync(join(packageRoot, 'scripts', builder), join(root, 'scripts', builder))
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/run.js'), 'serve'], { encoding: 'utf8' })
  expect(status).toBe(3)
  expect(stderr).toMatch(words)
})
