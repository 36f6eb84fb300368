import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeEach, describe, expect, test } from 'vitest'
import { openLog, type OpenLog } from '../../../../src/daemon/observability/index.js'
import { tempDir } from '../../../support/temp-dir.js'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = join(temp.path, 'log')
  return temp.remove
})

/** What reaches the reader of the log. */
async function logged(format: 'text' | 'json', write: (log: OpenLog) => void): Promise<string> {
  const fd = openSync(path, 'w')
  const log = await openLog({ level: 'debug', format }, fd)
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
    const log = await openLog({ level: 'debug', format }, openSync('/dev/full', 'w'))
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

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
function usedHeap(): number {
  collect()
  return process.memoryUsage().heapUsed
}
