import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeEach, describe, expect, test } from 'vitest'
import { openLog, type OpenLog, type WrittenLine } from '../../../../src/daemon/observability/index.js'
import { SnetError } from '../../../../src/shared/errors.js'
import { packageRoot } from '../../../../src/shared/package.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = join(temp.path, 'log')
  return temp.remove
})

/** What reaches the reader of the log. */
async function logged(format: 'text' | 'json', write: (log: OpenLog) => void): Promise<string> {
  const fd = openSync(path, 'w')
  const log = await openLog({ level: 'debug', format }, { stderr: fd })
  write(log)
  await log[Symbol.asyncDispose]()
  try {
    closeSync(fd)
  } catch {
    // The log closes what it wrote to, or leaves it open, by its format.
  }
  return readFileSync(path, 'utf8')
}

const HOSTILE = 'a\u001b[2J\u0007b\u009b31mc\u0085d\u202ee\ud800f\r'

describe.each(['text', 'json'] as const)('a line of %s', (format) => {
  test('shows control characters, C1 ones too, as text', async () => {
    const text = await logged(format, (log) => {
      log.debug(HOSTILE, { reason: HOSTILE, [HOSTILE]: 1 })
      log.error('a fault', { error: new Error(HOSTILE) })
    })
    expect(text).toMatch(/^[\x20-\x7e\n]*$/)
    for (const shown of ['\\u001b[2J', '\\u009b31m', '\\u0085', '\\u202e']) expect(text).toContain(shown)
    expect(text.split('\n')).toHaveLength(3)
  })

  test('is written from the level on that counts now', async () => {
    const text = await logged(format, (log) => {
      log.setLevel('warn')
      log.info('before')
      log.setLevel('info')
      log.info('after')
    })
    expect(text).toContain('after')
    expect(text).not.toContain('before')
  })

  test('has no user, password or query of a URL in it, nor what stands in a field for secrets', async () => {
    const text = await logged(format, (log) => {
      const url = 'https://canary:canary@host.example/path?key=canary'
      log.info(`asking ${url}`, { url, signature: 'canary', inner: { token: 'canary' } })
      log.error('a fault', { error: new Error('no answer', { cause: new Error(`at ${url}`) }) })
    })
    expect(text).toContain('https://(hidden)@host.example/path?(hidden)')
    expect(text).not.toContain('canary')
  })

  test('has the stack of a fault, and of its cause', async () => {
    const text = await logged(format, (log) =>
      log.error('a fault', { error: new Error('outer', { cause: new TypeError('inner') }) }),
    )
    expect(text).toMatch(
      /Error: outer\\n +at .*pino-log\.test\.ts:\d+.*caused by TypeError: inner\\n +at .*pino-log\.test\.ts/,
    )
  })
})

test('lines of JSON parse to what was logged', async () => {
  const text = await logged('json', (log) => log.info('é 漢', { amount: 2n ** 70n, words: 'a\n"\\u009b"\t' }))
  expect(JSON.parse(text)).toMatchObject({ msg: 'é 漢', words: 'a\n"\\u009b"\t' })
  expect(text).toContain(`"amount":${2n ** 70n}`)
})

describe.each(['text', 'json'] as const)('a log of %s on a full disk', (format) => {
  test('stops nobody who logs, and keeps nobody waiting at its end', async () => {
    const log = await openLog({ level: 'debug', format }, { stderr: openSync('/dev/full', 'w') })
    const before = usedHeap()
    for (let i = 0; i < 10; i++) {
      for (let j = 0; j < 10; j++) log.info('x'.repeat(100_000))
      await new Promise((done) => setImmediate(done))
    }
    expect(usedHeap() - before).toBeLessThan(4_000_000)
    await log[Symbol.asyncDispose]()
    log.info('too late')
  })
})

describe('times', () => {
  const at = Date.UTC(2026, 6, 4, 15, 7, 9, 120)
  const times: [config: { timeZone?: string; timestampFormat?: string }, shown: string][] = [
    [{}, '2026-07-04T15:07:09.120Z'],
    [{ timeZone: 'Europe/Berlin' }, '2026-07-04T17:07:09.120+02:00'],
    [{ timestampFormat: '' }, '2026-07-04T15:07:09Z'],
    [{ timestampFormat: 'Jan _2 15:04:05 "MST"' }, 'Jul  4 15:07:09 "UTC"'],
  ]
  test.each(times)('of %j are written so', async (config, shown) => {
    for (const format of ['json', 'text'] as const) {
      const fd = openSync(path, 'w')
      const log = await openLog({ level: 'info', format, ...config }, { stderr: fd, now: () => at })
      log.info('now')
      await log[Symbol.asyncDispose]()
      const text = readFileSync(path, 'utf8')
      if (format === 'json') expect(JSON.parse(text)).toEqual({ level: 'info', ts: shown, msg: 'now' })
      else expect(text).toBe(`[${shown}] INFO: now\n`)
    }
  })
})

describe('outputs', () => {
  const file = (pattern: string) => ({ pattern, currentLink: undefined, maxBytes: 0, maxAgeMs: 0, maxCount: 0 })

  test('may be several, which all get the same', async () => {
    const [stdout, stderr] = [openSync(`${path}.1`, 'w'), openSync(`${path}.2`, 'w')]
    const outputs = ['file', 'stdout', 'stderr'] as const
    const log = await openLog({ level: 'info', format: 'text', outputs, file: file(path) }, { stdout, stderr })
    log.warn('told')
    await log[Symbol.asyncDispose]()
    const [first, ...more] = [path, `${path}.1`, `${path}.2`].map((one) => readFileSync(one, 'utf8'))
    expect(first).toMatch(/^\[.*\] WARN: told\n$/)
    expect(more).toEqual([first, first])
  })

  test('that cannot be written are told of on stderr, although no line goes there else', async () => {
    const stderr = openSync(`${path}.2`, 'w')
    mkdirSync(path)
    const log = await openLog({ level: 'info', format: 'json', outputs: ['file'], file: file(path) }, { stderr })
    log.info('lost')
    const told = () => readFileSync(`${path}.2`, 'utf8')
    await until('it is told', () => told() !== '')
    expect(JSON.parse(told())).toMatchObject({ level: 'warn', msg: 'the log file cannot be written', path })
    expect(told()).not.toContain('lost')
    await log[Symbol.asyncDispose]()
  })
})

test('what ends the process is told to files and to who listens, and not on stderr', async () => {
  const file = { pattern: `${path}.file`, currentLink: undefined, maxBytes: 0, maxAgeMs: 0, maxCount: 0 }
  const outputs = ['stderr', 'file'] as const
  const log = await openLog({ level: 'fatal', format: 'json', outputs, file }, { stderr: openSync(path, 'w') })
  const lines: WrittenLine[] = []
  log.onLine((line) => void lines.push(line))
  log.tellEnd(new SnetError('unavailable', 'no node', { hint: 'Start it.' }))
  log.tellEnd(new TypeError('a bug'))
  await log[Symbol.asyncDispose]()
  const told = readFileSync(`${path}.file`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  expect(told).toMatchObject([
    { level: 'fatal', reason: 'no node', hint: 'Start it.', msg: 'the daemon ends' },
    { level: 'fatal', error: expect.stringContaining('TypeError: a bug') as string },
  ])
  expect(lines.map(({ level }) => level)).toEqual(['fatal', 'fatal'])
  expect(readFileSync(path, 'utf8')).toBe('')
})

test('who listens is told of every line as it is written, but for those aside', async () => {
  const log = await openLog({ level: 'info', format: 'text' }, { stderr: openSync(path, 'w'), now: () => 7 })
  const lines: WrittenLine[] = []
  log.onLine((line) => void lines.push(line))
  log.debug('not written')
  log.warn('one', { token: 'canary' })
  log.aside.error('two')
  log.error('three')
  await log[Symbol.asyncDispose]()
  log.error('too late')
  expect(lines.map(({ level, at }) => [level, at])).toEqual([
    ['warn', 7],
    ['error', 7],
  ])
  expect(JSON.parse(lines[0]?.json ?? '')).toMatchObject({ level: 'warn', msg: 'one', token: '(hidden)' })
  expect(readFileSync(path, 'utf8').match(/one|two|three/g)).toEqual(['one', 'two', 'three'])
})

test.each(['await log[Symbol.asyncDispose]()', 'setTimeout(() => process.exit(0), 500)'])(
  'a reader that has stopped keeps nobody from logging, nor from ending by %s',
  (end) => {
    const source = join(packageRoot, 'src/daemon/observability/index.ts')
    const script = `
      const { openLog } = await import(${JSON.stringify(source)})
      const log = await openLog({ level: 'info', format: 'text' })
      for (let i = 0; i < 100; i++) log.info('x'.repeat(10_000))
      process.stdout.write('logged')
      ${end}`
    const node = `'${process.execPath}' --import tsx --input-type=module -e "$1"`
    const shell = `mkfifo '${path}'; sleep 1000 < '${path}' & ${node} 2> '${path}'; echo " $?"; kill %1`
    const ended = spawnSync('bash', ['-c', shell, 'bash', script], {
      cwd: packageRoot,
      encoding: 'utf8',
    })
    expect(ended.stdout).toBe('logged 0\n')
  },
)

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
function usedHeap(): number {
  collect()
  return process.memoryUsage().heapUsed
}
