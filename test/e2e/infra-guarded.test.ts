import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { StatusMessage } from '../../src/shared/wire/index.js'
import { makeCertificates } from '../support/certificates.js'
import { runCli } from '../support/cli.js'
import { startServe } from '../support/serve.js'
import { tempDir } from '../support/temp-dir.js'

let cwd = ''
beforeEach(async () => {
  const temp = await tempDir()
  cwd = temp.path
  return temp.remove
})

const portOf = (place: string | undefined): string => place?.split(':').at(-1) ?? ''

test(
  'a daemon that others reach wants its certificate trusted, the client’s own, and the token',
  { timeout: 60_000 },
  async () => {
    await using certificates = await makeCertificates()
    const [own, client, stranger] = ['server', 'client', 'stranger'].map((name) => certificates.make(name))
    if (!own || !client || !stranger) throw new Error('no certificates')
    await writeFile(join(cwd, 'token'), 'the-token\n', { mode: 0o600 })
    await writeFile(join(cwd, 'other-token'), 'another-token\n', { mode: 0o600 })
    await mkdir(join(cwd, 'data', 'logs'), { recursive: true })
    await writeFile(join(cwd, 'data', 'logs', 'berty.log'), 'a line\n')

    await using served = await startServe(
      {
        ...{
          gate_enabled: 'false',
          infra_enabled: 'true',
          infra_endpoint: '0.0.0.0:0',
          infra_berty_endpoint: '127.0.0.1:1',
        },
        ...{ infra_tls_cert: own.certFile, infra_tls_key: own.keyFile, infra_tls_ca: client.certFile },
        ...{ infra_token_file: join(cwd, 'token'), infra_log_target: join(cwd, 'up') },
      },
      cwd,
    )
    expect(served.ready).toMatch(/^infra=0\.0\.0\.0:\d+$/)
    const ask = (...flags: string[]) =>
      runCli(['peer', 'logs', '--folder', '7', '--json', '--host', `localhost:${portOf(served.infra)}`, ...flags], {
        cwd,
      })
    const trusted = ['--tls-ca', own.certFile]
    const known = ['--tls-cert', client.certFile, '--tls-key', client.keyFile]
    const unknown = ['--tls-cert', stranger.certFile, '--tls-key', stranger.keyFile]
    const token = ['--token-file', join(cwd, 'token')]

    const taken = await ask(...trusted, ...known, ...token)
    expect([taken.code, taken.stderr]).toEqual([0, ''])
    const { count, links } = JSON.parse(taken.stdout) as { count: number; links: string[] }
    expect(count).toBe(1)
    expect(await readFile(new URL(links[0] ?? ''), 'utf8')).toBe('a line\n')

    for (const [flags, code] of [
      [[...trusted, ...known], 4],
      [[...trusted, ...known, '--token-file', join(cwd, 'other-token')], 4],
      [[...trusted, ...unknown, ...token], 3],
      [[...trusted, ...token], 3],
      [token, 3],
    ] as const)
      expect([flags, (await ask(...flags)).code]).toEqual([flags, code])

    const { stdout } = await runCli(['status', '--json', '--data-dir', join(cwd, 'data')], { cwd })
    expect((JSON.parse(stdout) as StatusMessage).infra).toMatchObject({
      tls: true,
      token: true,
      client_certificate: true,
    })
    served.process.kill('SIGTERM')
    expect(await served.ended).toBe(0)
  },
)
