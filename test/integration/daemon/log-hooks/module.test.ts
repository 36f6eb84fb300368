import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { identity, ofHook, openHookedLog } from '../../../support/hooked-log.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'

let directory = ''
beforeEach(async () => {
  const temp = await tempDir()
  directory = temp.path
  return temp.remove
})

const own = (module: string, options: object = {}) => ({
  ...{ ...ofHook, kind: 'module' as const, module, directory, options: { file: join(directory, 'told'), ...options } },
})
const told = async (): Promise<string> => await readFile(join(directory, 'told'), 'utf8').catch(() => '')

const HOOK = `
import { appendFileSync, existsSync } from 'node:fs'
export async function openLogHook({ file, secret }, identity) {
  console.log('this is not the ready line')
  const write = (value) => appendFileSync(file, JSON.stringify(value) + '\\n')
  write({ opened: identity, cwd: process.cwd() !== '', secrets: Object.keys(process.env).filter((name) => /^SNET_/.test(name)) })
  return {
    send(events, { skipped }) {
      for (const { message } of events) {
        const isAgain = existsSync(file + message)
        appendFileSync(file + message, '')
        if (message === 'fails' && !isAgain) throw Object.assign(new Error('no: ' + secret), { retryAfterMs: 5000 })
        if (message === 'ends' && !isAgain) process.exit(1)
        if (message === 'hangs' && !isAgain) for (;;);
        if (message === 'never') return Promise.reject(Object.assign(new Error('never'), { retry: false }))
      }
      write({ messages: events.map(({ message }) => message), skipped })
    },
  }
}`

test('a module fails, ends and hangs as it likes, and is told every line all the same', async () => {
  await writeFile(join(directory, 'hook.mjs'), HOOK)
  process.env['SNET_CANARY'] = 'canary'
  await using hooked = await openHookedLog([own('./hook.mjs', { secret: 'canary-secret' })])
  for (const message of ['plain', 'fails', 'ends', 'never', 'hangs']) {
    const before = await told()
    if (message === 'hangs') hooked.limitNext(500)
    hooked.log.warn(message)
    if (message !== 'never')
      await until(`it is told of ${message}`, async () =>
        (await told()).endsWith(`["${message}"],"skipped":${message === 'hangs' ? 1 : 0}}\n`),
      )
    else await until('it is left out', async () => (await hooked.written()).includes('which is left out'))
    expect((await told()).startsWith(before)).toBe(true)
  }
  delete process.env['SNET_CANARY']
  const lines = (await told())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  expect(lines).toEqual([
    ...[
      { opened: identity, cwd: true, secrets: [] },
      { messages: ['plain'], skipped: 0 },
    ],
    ...[
      { messages: ['fails'], skipped: 0 },
      { opened: identity, cwd: true, secrets: [] },
    ],
    ...[
      { messages: ['ends'], skipped: 0 },
      { opened: identity, cwd: true, secrets: [] },
      { messages: ['hangs'], skipped: 1 },
    ],
  ])
  expect(hooked.pauses[0]).toBeGreaterThanOrEqual(5_000)
  await until('the log tells why', async () => (await hooked.written()).includes('no: (hidden)'))
  expect(await hooked.written()).not.toContain('canary')
})

test('a module may be a package beside the config file', async () => {
  const folder = join(directory, 'node_modules/my-hook')
  await mkdir(join(directory, 'node_modules'))
  await mkdir(folder)
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'my-hook', type: 'module', exports: './index.js' }),
  )
  await writeFile(join(folder, 'index.js'), HOOK)
  await using hooked = await openHookedLog([own('my-hook')])
  hooked.log.warn('plain')
  await until('it is told', async () => (await told()).includes('["plain"]'))
})

test.each([
  ['./none.mjs', 'Cannot find module'],
  ['./empty.mjs', 'it exports no function openLogHook'],
])('what is wrong with %s is logged, and it is tried again', async (module, reason) => {
  await writeFile(join(directory, 'empty.mjs'), '')
  await using hooked = await openHookedLog([own(module)])
  hooked.log.warn('plain')
  await until('it is logged', async () => (await hooked.written()).includes(reason))
  await writeFile(join(directory, module), HOOK)
  await until('it is told', async () => (await told()).includes('["plain"]'))
})
