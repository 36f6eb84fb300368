import { spawn, spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageRoot } from '../../../src/shared/package.js'
import { tempDir } from '../../support/temp-dir.js'

const { path: unbuilt, remove } = await tempDir()
afterAll(remove)

const run = (file, ...args) =>
  spawnSync(process.execPath, [join(packageRoot, 'bin', file), ...args], { encoding: 'utf8', timeout: 20_000 })

test.each([
  ['run.js', 'snetd'],
  ['infra.js', 'infra'],
  ['dev.js', 'snetd'],
])('help of bin/%s speaks the name %s', (file, name) => {
  const { status, stdout } = run(file, 'serve', '--help')
  expect(status).toBe(0)
  expect(stdout).toContain(`$ ${name} serve`)
})

test('both names offer the same commands', () => {
  const [one, other] = ['run.js', 'infra.js'].map((file) => run(file, '--help').stdout)
  expect(one).toContain('COMMANDS')
  expect(other).toBe(one.replaceAll('$ snetd', '$ infra').replace('help for snetd', 'help for infra'))
})

test('an unknown command ends with 2 and says where to look', () => {
  expect(run('infra.js', 'nope')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: 'Error: command nope not found\nHint:  "infra --help" shows what it takes.\n',
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

test('without a build one line says what to type', () => {
  cpSync(join(packageRoot, 'bin'), join(unbuilt, 'bin'), { recursive: true })
  cpSync(join(packageRoot, 'package.json'), join(unbuilt, 'package.json'))
  const { status, stderr } = spawnSync(process.execPath, [join(unbuilt, 'bin/run.js'), 'serve'], { encoding: 'utf8' })
  expect(status).toBe(3)
  expect(stderr).toMatch(/^Error: .* npm ci && npm run build\n$/)
})
