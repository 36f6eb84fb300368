import { execFile, execFileSync } from 'node:child_process'
import { readdir, readFile, readlink, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeEach, expect, test } from 'vitest'
import { LogFile, type LogFileConfig } from '../../../../src/daemon/observability/log-file/index.js'
import { packageRoot } from '../../../../src/shared/package.js'
import { openTimeZone } from '../../../../src/shared/time-zone.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'

const DAY = 86_400_000

let directory = ''
const clock = { now: 0 }
const troubles: [message: string, fields: unknown][] = []
beforeEach(async () => {
  const temp = await tempDir()
  directory = temp.path
  troubles.length = 0
  // Ages are judged by what the file system says, so the clock begins with its time.
  clock.now = Date.now()
  return temp.remove
})

const at = (name: string): string => join(directory, name)

const open = (changes: Partial<LogFileConfig> = {}, zone = 'UTC'): LogFile =>
  new LogFile(
    { pattern: at('d.%Y%m%d.log'), currentLink: undefined, maxBytes: 0, maxAgeMs: 0, maxCount: 0, ...changes },
    { zone: openTimeZone(zone), now: () => clock.now, onTrouble: (...told) => void troubles.push(told), retryMs: 20 },
  )

const names = async (folder = directory): Promise<string[]> => (await readdir(folder)).sort()
const nameOf = (ms: number): string => `d.${new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')}.log`
const isWritten = (name: string, line: string) => async () =>
  (await readFile(at(name), 'utf8').catch(() => '')).endsWith(line)
const unpacked = async (name: string): Promise<string> => gunzipSync(await readFile(at(name))).toString()

test('a new day is a new file; the old one is compressed, and the link names the newest', async () => {
  await using log = open({ currentLink: at('links/current.log') })
  const [first, second] = [nameOf(clock.now), nameOf(clock.now + DAY)]
  log.write('one\n')
  await until('the first is written', isWritten(first, 'one\n'))
  await until(
    'the link is there',
    async () => (await readlink(at('links/current.log')).catch(() => '')) === `../${first}`,
  )
  clock.now += DAY
  log.write('two\n')
  await until('the first is compressed', async () => (await names()).includes(`${first}.gz`))
  await until('it is gone as it was', async () => !(await names()).includes(first))
  expect(await readFile(at(second), 'utf8')).toBe('two\n')
  expect(await unpacked(`${first}.gz`)).toBe('one\n')
  expect(await readlink(at('links/current.log'))).toBe(`../${second}`)
  expect([(await stat(at(second))).mode & 0o777, (await stat(at('links'))).mode & 0o777]).toEqual([0o640, 0o750])
  expect(troubles).toEqual([])
})

test('the day is that of the zone', async () => {
  clock.now = Date.UTC(2026, 5, 1, 23, 30)
  const log = open({}, 'Europe/Berlin')
  log.write('late\n')
  await log[Symbol.asyncDispose]()
  expect(await names()).toEqual(['d.20260602.log'])
})

test('a file that would become too large gives way, and no line is lost, torn or twice', async () => {
  const lines = Array.from({ length: 100 }, (_, i) => `${String(i).padStart(3, '0')}${'x'.repeat(96)}\n`)
  const log = open({ pattern: at('d.log'), maxBytes: 1_050 })
  for (const line of lines) log.write(line)
  await until('the last line is in the last file', isWritten('d.log', lines.at(-1) as string))
  await until(
    'all others are compressed',
    async () => (await names()).filter((name) => name.endsWith('.gz')).length === 9,
  )
  await log[Symbol.asyncDispose]()
  const old = (await names()).filter((name) => name.endsWith('.gz'))
  for (const name of old) expect(name).toMatch(/^d-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}\.log\.gz$/)
  const texts = [...(await Promise.all(old.map(unpacked))), await readFile(at('d.log'), 'utf8')]
  expect(texts.every((text) => text.length <= 1_050)).toBe(true)
  expect(texts.join('')).toBe(lines.join(''))
})

test('what is too old goes, and of the rest all but the newest; files of others stay', async () => {
  const day = (ago: number): string => nameOf(clock.now - ago * DAY)
  const foreign = ['d.2026.log', 'd.20260101.log.bak', 'e.20260101.log', 'notes.txt']
  for (const name of [day(1), `${day(2)}.gz`, day(3), day(9), `${day(8)}.gz.part`, ...foreign]) {
    await writeFile(at(name), name)
    const ago = [1, 2, 3, 9].find((one) => name.includes(day(one))) ?? 20
    await utimes(at(name), new Date(clock.now - ago * DAY), new Date(clock.now - ago * DAY))
  }
  const log = open({ maxAgeMs: 7 * DAY, maxCount: 2 })
  log.write('now\n')
  const kept = [nameOf(clock.now), `${day(1)}.gz`, `${day(2)}.gz`, ...foreign].sort()
  await until('only these are left', async () => (await names()).join() === kept.join())
  // The clock goes on: those that are kept become too old, too.
  clock.now += 8 * DAY
  log.write('later\n')
  const left = [nameOf(clock.now), ...foreign].sort()
  await until('these are left', async () => (await names()).join() === left.join())
  await log[Symbol.asyncDispose]()
})

test('folders may have dates in their names', async () => {
  const log = open({ pattern: at('%Y/%m/d.log'), maxAgeMs: DAY })
  const [year = '', month = ''] = new Date(clock.now).toISOString().split('-')
  log.write('one\n')
  await until('it is written', isWritten(`${year}/${month}/d.log`, 'one\n'))
  clock.now += 40 * DAY
  log.write('two\n')
  await until('the old one is gone', async () => (await names(at(`${year}/${month}`))).length === 0)
  await log[Symbol.asyncDispose]()
})

test('a file that was moved away is begun anew when it is told so', async () => {
  await using log = open({ pattern: at('d.log') })
  log.write('one\n')
  await until('it is written', isWritten('d.log', 'one\n'))
  await rename(at('d.log'), at('moved'))
  log.write('two\n')
  await until('it goes on where it is', isWritten('moved', 'two\n'))
  log.reopen()
  await until('there is a new one', async () => (await names()).includes('d.log'))
  log.write('three\n')
  await until('the new one is written', isWritten('d.log', 'three\n'))
  expect(await readFile(at('moved'), 'utf8')).toBe('one\ntwo\n')
})

test('a file is gone on with after a start', async () => {
  await writeFile(at('d.log'), 'before\n', { mode: 0o600 })
  const log = open({ pattern: at('d.log') })
  log.write('after\n')
  await log[Symbol.asyncDispose]()
  expect(await readFile(at('d.log'), 'utf8')).toBe('before\nafter\n')
  expect((await stat(at('d.log'))).mode & 0o777).toBe(0o600)
})

test('lines wait for a folder that cannot be written to yet', async () => {
  await writeFile(at('logs'), 'in the way')
  await using log = open({ pattern: at('logs/d.log') })
  log.write('one\n')
  await until('it is told', () => troubles.length > 0)
  expect(troubles[0]).toEqual([
    'the log file cannot be written',
    { path: at('logs/d.log'), reason: expect.any(String) },
  ])
  await rename(at('logs'), at('away'))
  await until('it is written', isWritten('logs/d.log', 'one\n'))
})

test('on a full disk lines are kept up to a bound, others lost and counted, and nobody waits', async () => {
  await symlink('/dev/full', at('d.log'))
  const log = open({ pattern: at('d.log') })
  for (let i = 0; i < 30; i++) log.write(`${'x'.repeat(100_000)}\n`)
  await until('it is told', () => troubles.length > 0)
  expect(troubles[0]?.[1]).toMatchObject({ reason: expect.stringContaining('ENOSPC') as string })
  await rename(at('d.log'), at('full'))
  log.reopen()
  await until('what is missing is told', () => troubles.some(([message]) => message.startsWith('lines are missing')))
  await log[Symbol.asyncDispose]()
  const kept = (await readFile(at('d.log'), 'utf8')).trim().split('\n').length
  expect(kept).toBe(10)
  expect(troubles.at(-1)?.[1]).toEqual({ path: at('d.log'), lines: 20 })
})

test('the next file cannot be opened: the one before goes on, and is left when it can', async () => {
  const [year = ''] = new Date(clock.now).toISOString().split('-')
  const next = clock.now + 366 * DAY
  const nextYear = String(new Date(next).getUTCFullYear())
  await writeFile(at(nextYear), 'in the way')
  await using log = open({ pattern: at('%Y/d.log') })
  log.write('one\n')
  await until('it is written', isWritten(`${year}/d.log`, 'one\n'))
  clock.now = next
  log.write('two\n')
  await until('it goes on', isWritten(`${year}/d.log`, 'two\n'))
  expect(troubles[0]?.[0]).toBe('the next log file cannot be opened, and the one before goes on')
  await rename(at(nextYear), at('away'))
  await until('the next one begins', async () => {
    log.write('more\n')
    return (await readFile(at(`${nextYear}/d.log`), 'utf8').catch(() => '')) !== ''
  })
})

test('a pipe that nobody reads, and a link that is a file, hold up nobody', async () => {
  execFileSync('mkfifo', [at('d.log')])
  await using piped = open({ pattern: at('d.log') })
  piped.write('one\n')
  await until('it is told', () => troubles.length > 0)
  troubles.length = 0
  await writeFile(at('current'), 'precious')
  await using log = open({ pattern: at('e.log'), currentLink: at('current') })
  log.write('one\n')
  await until('it is written', isWritten('e.log', 'one\n'))
  await until('it is told of the link', () => troubles.some(([message]) => message.includes('stays as it is')))
  expect(await readFile(at('current'), 'utf8')).toBe('precious')
})

test('the last lines of a process that ends at once are written', async () => {
  const source = join(packageRoot, 'src/daemon/observability/log-file/index.ts')
  const script = `
    const { LogFile } = await import(${JSON.stringify(source)})
    const { readFileSync } = await import('node:fs')
    const file = { pattern: ${JSON.stringify(at('d.log'))}, maxBytes: 0, maxAgeMs: 0, maxCount: 0 }
    const log = new LogFile(file, { zone: () => ({ minutes: 0, name: 'UTC' }), now: Date.now, onTrouble: console.error })
    log.write('first\\n')
    const timer = setInterval(() => {
      try { if (readFileSync(file.pattern, 'utf8') === '') return } catch { return }
      log.write('last\\n')
      process.exit(3)
    }, 1)`
  const args = ['--import', 'tsx', '--input-type=module', '-e', script]
  const [code, stderr] = await new Promise<[unknown, string]>((done) =>
    execFile(process.execPath, args, { cwd: packageRoot }, (fault, _stdout, told) => done([fault?.code, told])),
  )
  expect([code, stderr]).toEqual([3, ''])
  expect(await readFile(at('d.log'), 'utf8')).toBe('first\nlast\n')
})
