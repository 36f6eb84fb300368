import { chmod, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { explain } from '../../../src/settings/index.js'
import { complete, inDirectory, problemsOf } from './harness.js'

const { find, load, path } = inDirectory()

const settingsOf = async (log: unknown) => (await load({ ...complete, log })).config.log
async function withHook(hook: Record<string, unknown>) {
  // Its secrets are nobody else's.
  await writeFile(path('snetd.config.json'), '', { mode: 0o600 })
  return await find({ ...complete, log: { hooks: ['ops'], ops: hook } })
}

test('the log goes to stderr as text, in UTC, unless something else is written', async () => {
  expect(await settingsOf({})).toMatchObject({
    level: 'info',
    format: 'text',
    timeZone: 'UTC',
    outputs: ['stderr'],
    hooks: [],
  })
  expect((await settingsOf({})).timestampFormat).toBeUndefined()
})

test('where a part of the output is written, the rest is as in the reference', async () => {
  expect(await settingsOf({ output: { type: ['file', 'stdout'] } })).toMatchObject({
    outputs: ['file', 'stdout'],
    file: {
      pattern: './snet-daemon.%Y%m%d.log',
      currentLink: './snet-daemon.log',
      maxMegabytes: 10,
      maxDays: 7,
      maxCount: 0,
    },
  })
  expect((await settingsOf({ output: 'stdout' })).outputs).toEqual(['stdout'])
  expect((await settingsOf({ output: { type: 'file, stderr', current_link: '' } })).file.currentLink).toBeUndefined()
})

test('levels have the other names and letters of the reference', async () => {
  expect((await settingsOf({ level: 'Warning' })).level).toBe('warn')
  expect((await settingsOf({ level: 'PANIC' })).level).toBe('fatal')
})

const wrong: [log: Record<string, unknown>, problem: string][] = [
  [{ level: 'loud' }, 'level: expected one of debug, info, warn, error, fatal, got "loud"'],
  [{ formatter: { type: 'xml' } }, 'formatter: expected type: expected one of text, json, got "xml"'],
  [
    { timezone: 'Mars/Olympus' },
    'timezone: expected a time zone such as UTC, Europe/Berlin or Local, got "Mars/Olympus"',
  ],
  [{ output: { type: ['syslog'] } }, 'output: expected type: expected one of stdout, stderr, file'],
  [{ output: { file_pattern: 'a.%j' } }, 'and not with %j'],
  [{ output: { max_size_in_mb: -1 } }, 'max_size_in_mb: expected a whole number from 0'],
]
test.each(wrong)('%j is refused with what would be right', async (log, problem) => {
  const [line, ...more] = await problemsOf(load({ ...complete, log }))
  expect(more).toEqual([])
  expect(line).toContain('log: ')
  expect(line).toContain(problem)
  expect(line).toContain('(from ./snetd.config.json)')
})

const EMAIL = {
  type: 'email',
  host: 'mail.example',
  port: 587,
  from: 'Gate <gate@example.com>',
  to: 'a@example.com, B <b@example.com>',
}

test('a hook is read with its defaults', async () => {
  const { logHooks, warnings } = await withHook({ ...EMAIL, password: 'hush', levels: ['Error', 'warning'] })
  expect(warnings).toEqual([])
  expect(logHooks).toEqual([
    {
      ...{ kind: 'email', name: 'ops', levels: ['error', 'warn'], perMinute: 20 },
      ...{ host: 'mail.example', port: 587, tls: 'starttls', ca: undefined, applicationName: undefined },
      ...{ from: 'Gate <gate@example.com>', to: ['a@example.com', 'B <b@example.com>'] },
      login: { username: 'gate@example.com', password: 'hush' },
    },
  ])
})

test('secrets may stand in files, which only their owner may read', async () => {
  const hook = { type: 'telegram_bot', telegram_chat_id: -100123, telegram_api_key_file: path('key') }
  await writeFile(path('key'), '123:ABC-def\n', { mode: 0o600 })
  const { logHooks, secretFiles, warnings } = await withHook(hook)
  expect(warnings).toEqual([])
  expect(logHooks).toMatchObject([
    { kind: 'telegram_bot', apiKey: '123:ABC-def', chatId: '-100123', apiUrl: 'https://api.telegram.org' },
  ])
  expect(secretFiles).toEqual([{ what: 'log.ops.telegram_api_key_file', path: path('key'), ifOpen: 'refused' }])
  await chmod(path('key'), 0o644)
  const open = await withHook(hook)
  expect(open.logHooks).toEqual([])
  expect(open.warnings).toEqual([
    `log.ops.telegram_api_key_file: ${path('key')} is no secret: others on this host may read ${path('key')}; run "chmod 600 ${path('key')}" (from ./snetd.config.json); the hook is left out until that is set right`,
  ])
})

const faulty: [what: string, hook: Record<string, unknown>, fault: string][] = [
  [
    'a type that nobody knows',
    { type: 'pigeon' },
    'log.ops.type: expected one of email, telegram_bot, webhook, module',
  ],
  ['no host', { ...EMAIL, host: undefined }, 'log.ops.host: set it to your mail server'],
  ['a wrong port', { ...EMAIL, port: 'x' }, 'log.ops.port: expected a whole number from 1 to 65535, got "x"'],
  ['no address', { ...EMAIL, to: ['nobody'] }, 'log.ops.to: expected an address such as ops@example.com'],
  ['a level that nobody knows', { ...EMAIL, levels: ['loud'] }, 'log.ops.levels: expected one of debug'],
  ['a user without a password', { ...EMAIL, username: 'u' }, 'log.ops.password: username needs one'],
  [
    'a password in cleartext',
    { ...EMAIL, tls: 'none', password: 'canary' },
    'log.ops.tls: "none" would send the password in cleartext',
  ],
  [
    'a password and its file',
    { ...EMAIL, password: 'canary', password_file: 'p' },
    'log.ops.password: is set, and password_file too',
  ],
  ['a file that is not there', { ...EMAIL, password_file: 'none' }, 'cannot be read: ENOENT'],
  ['no key of a bot', { type: 'telegram_bot', telegram_chat_id: 1 }, 'log.ops.telegram_api_key: set it'],
  [
    'a key that is none',
    { type: 'telegram_bot', telegram_chat_id: 1, telegram_api_key: 'canary/x' },
    'log.ops.telegram_api_key: expected a key',
  ],
  [
    'a chat that is none',
    { type: 'telegram_bot', telegram_chat_id: 'x y', telegram_api_key: '1:canary' },
    'log.ops.telegram_chat_id: expected',
  ],
  ['no URL', { type: 'webhook' }, 'log.ops.url: set it, or url_file'],
  ['a URL that is none', { type: 'webhook', url: 'canary' }, 'log.ops.url: expected a URL with http:// or https://'],
  [
    'a header that is none',
    { type: 'webhook', url: 'https://h.example/', authorization: 'a\ncanary' },
    'log.ops.authorization: expected',
  ],
  ['no module', { type: 'module' }, 'log.ops.module: set it to the path'],
]
test.each(faulty)('a hook with %s is left out, and said why, where and what to do', async (_what, hook, fault) => {
  const found = await withHook(hook)
  expect(found.problems).toEqual([])
  expect(found.logHooks).toEqual([])
  expect(found.warnings).toHaveLength(1)
  expect(found.warnings[0]).toContain(fault)
  expect(found.warnings[0]).toMatch(/ \(from \.\/snetd\.config\.json\); the hook is left out until that is set right$/)
  expect(found.warnings[0]).not.toContain('canary')
})

test('names that mean nothing are told of', async () => {
  const log = {
    outptu: 'stdout',
    hooks: ['ops', 'gone'],
    ops: { type: 'module', module: 'm', modul: 1 },
    something: { type: 'email' },
  }
  expect((await find({ ...complete, log })).warnings).toEqual([
    'log.outptu is not a known key, did you mean output? (from ./snetd.config.json)',
    'log.something is not a known key, and log.hooks does not name it (from ./snetd.config.json)',
    'log.ops.modul is not a known key, did you mean module? (from ./snetd.config.json)',
    'log.gone: log.hooks names it; add a section of that name to log, or take it out (from ./snetd.config.json); the hook is left out until that is set right',
  ])
})

test('no secret of a hook is shown, and what is no secret is', async () => {
  const log = {
    hooks: ['mail', 'bot', 'web', 'own'],
    mail: { ...EMAIL, password: 'canary', password_file: '/run/secrets/mail' },
    bot: { type: 'telegram_bot', telegram_api_key: 'canary', telegram_chat_id: 7 },
    web: { type: 'webhook', url: 'https://hooks.example/services/canary/canary', authorization: 'Bearer canary' },
    own: { type: 'module', module: './own.mjs', options: { where: 'canary' } },
  }
  for (const found of [
    await find({ ...complete, log }),
    await find(complete, { env: { SNET_LOG: JSON.stringify(log) } }),
  ]) {
    const told = JSON.stringify([explain(found), found.problems, found.warnings])
    expect(told).not.toContain('canary')
    for (const shown of ['mail.example', '/run/secrets/mail', 'https://hooks.example/(hidden)', './own.mjs'])
      expect(told).toContain(shown)
  }
})
