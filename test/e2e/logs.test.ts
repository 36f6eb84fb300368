import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Metadata } from '@grpc/grpc-js'
import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/shared/package.js'
import { runCli } from '../support/cli.js'
import { RawClient } from '../support/echo-service.js'
import { startEndpoint } from '../support/hooked-log.js'
import { tempDir } from '../support/temp-dir.js'
import { until } from '../support/until.js'

async function startMail() {
  const mails: string[] = []
  const server = new SMTPServer({
    ...{ hideSTARTTLS: true, allowInsecureAuth: true, logger: false },
    onAuth: ({ username, password }, _session, done) =>
      done(password === 'canary-mail' ? null : new Error('no'), { user: username }),
    onData: (stream, _session, done) => void text(stream).then((mail) => (mails.push(mail), done())),
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const close = () => new Promise<void>((done) => server.close(done))
  return { mails, port: (server.server.address() as AddressInfo).port, [Symbol.asyncDispose]: close }
}

const HOOK = `export const openLogHook = ({ file }) => ({
  send: async (events) => (await import('node:fs')).appendFileSync(file, events.map(({ message }) => message).join('\\n') + '\\n'),
})`

test('lines go to file and stdout, hooks are told, SIGHUP begins files anew, and no secret is anywhere', async () => {
  await using directory = await tempDir()
  await using endpoint = await startEndpoint()
  await using mail = await startMail()
  const at = (name: string): string => join(directory.path, name)
  await writeFile(at('hook.mjs'), HOOK)
  await writeFile(at('mail-password'), 'canary-mail\n', { mode: 0o600 })
  const config = {
    ...{ blockchain_enabled: false, organization_id: 'org', service_id: 'svc', data_dir: at('data') },
    ...{ daemon_endpoint: '127.0.0.1:0', metrics_endpoint: '127.0.0.1:0' },
    service_endpoint: 'http://canary-user:canary-password@127.0.0.1:9',
    ethereum_json_rpc_http_endpoint: 'http://canary-user:canary-password@127.0.0.1:9/v3/canary-path?x=canary-query',
    ...{ blockchain_provider_api_key: 'canary-key', token_secret_key: 'canary-secret'.repeat(3) },
    ...{ private_key_for_metering: 'cafe'.repeat(16), hdwallet_mnemonic: 'canary words' },
    log: {
      ...{ level: 'debug', timezone: 'Asia/Kolkata', formatter: { type: 'json' } },
      output: { type: ['file', 'stdout'], file_pattern: at('logs/d.%Y.log'), current_link: at('d.log') },
      hooks: ['web', 'mail', 'own', 'bot'],
      web: {
        type: 'webhook',
        url: `${endpoint.url}/canary-hook`,
        levels: ['info', 'warn'],
        authorization: 'canary-auth',
      },
      mail: {
        ...{ type: 'email', host: '127.0.0.1', port: mail.port, from: 'gate@example.com', to: 'ops@example.com' },
        ...{ password_file: at('mail-password'), levels: ['warning'] },
      },
      own: {
        type: 'module',
        module: './hook.mjs',
        options: { file: at('told'), key: 'canary-option' },
        levels: ['warn'],
      },
      bot: { type: 'telegram_bot', telegram_chat_id: 'nobody at all', telegram_api_key: '1:canary-bot' },
    },
  }
  const file = at('snetd.config.json')
  await writeFile(file, JSON.stringify(config), { mode: 0o600 })
  const daemon = spawn(process.execPath, [join(packageRoot, 'bin/run.js'), 'serve', '-c', file], {
    env: { PATH: process.env['PATH'], HOME: directory.path },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(daemon, 'close')
  const out = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    daemon[name].on('data', (part: Buffer) => (out[name] += String(part)))
  await until('it is ready', () => /^ready .*\n/m.test(out.stdout) || daemon.exitCode !== null)
  const [, host = '', port, metrics] = /^ready endpoint=(.*):(\d+) metrics=(\S+)$/m.exec(out.stdout) ?? []

  using client = new RawClient({ host, port: Number(port) })
  const metadata = new Metadata()
  metadata.set('snet-payment-type', 'canary-type')
  metadata.set('snet-payment-channel-signature-bin', Buffer.from('canary-signature'))
  await client.call('/svc.Svc/Do', [Buffer.from('canary-message')], { metadata })
  connect(Number(port), host).end('GET /canary HTTP/1.1\r\nauthorization: canary\r\n\r\n')

  const told = () => endpoint.asked.flatMap(({ body }) => (body as { events: { message: string }[] }).events)
  const UNREACHED = 'the service cannot be reached'
  await until('the webhook is told', () => told().some(({ message }) => message.includes(UNREACHED)))
  await until('mail has come', () => mail.mails.some((one) => one.includes(UNREACHED)))
  await until('the module is told', async () =>
    (await readFile(at('told'), 'utf8').catch(() => '')).includes(UNREACHED),
  )

  const name = (await readdir(at('logs')))[0] ?? ''
  expect(name).toMatch(/^d\.\d{4}\.log$/)
  await rename(at(`logs/${name}`), at('logs/moved'))
  daemon.kill('SIGHUP')
  await until('there is a new file', async () => (await readdir(at('logs'))).includes(name))
  const [status, explained, checked, page] = await Promise.all([
    runCli(['status', '-c', file]),
    runCli(['config', 'explain', '-c', file, '--json']),
    runCli(['config', 'validate', '-c', file]),
    fetch(`http://${metrics}/metrics`).then((answer) => answer.text()),
  ])
  daemon.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  // The last lines are told, too.
  expect(told().some(({ message }) => message.startsWith('stopping'))).toBe(true)

  const [before, after] = await Promise.all([readFile(at('logs/moved'), 'utf8'), readFile(at('d.log'), 'utf8')])
  const lines = (before + after).trim().split('\n')
  // stdout has the same lines, and the ready line beside them.
  expect(
    out.stdout
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('ready ')),
  ).toEqual(lines)
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ ts: expect.stringMatching(/\+05:30$/) as string })
  expect(lines.some((line) => line.includes('"level":"debug"'))).toBe(true)
  expect(out.stderr).toBe('')
  const faults = [checked.stdout + checked.stderr, before]
  for (const fault of faults) expect(fault).toContain('log.bot.telegram_chat_id: expected the number of a chat')

  const outputs = { ...out, before, after, page, status, explained, checked, mails: mail.mails, told: told() }
  const shown = Object.entries(outputs).filter(([, value]) => /canary-(?!type)|cafecafe/.test(JSON.stringify(value)))
  expect(shown).toEqual([])
})
