import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCertificate } from '../../../../src/daemon/compose-certificates.js'
import { createHealth } from '../../../../src/daemon/observability/index.js'
import { RunningSettings } from '../../../../src/daemon/running-settings.js'
import { loadConfig } from '../../../../src/settings/index.js'
import { Lifecycle } from '../../../../src/shared/lifecycle.js'
import { makeCertificates } from '../../../support/certificates.js'
import { quietLog } from '../../../support/quiet-log.js'
import { until } from '../../../support/until.js'

/** What a daemon with these settings shows, and what its health says of it. */
async function openWith(cwd: string, written: Record<string, unknown>) {
  const file = join(cwd, 'snetd.config.json')
  await writeFile(
    file,
    JSON.stringify({ blockchain_enabled: false, service_endpoint: 'http://127.0.0.1:1', ...written }),
  )
  const loaded = await loadConfig({ file, env: {}, flags: {}, cwd })
  const life = new Lifecycle()
  const health = createHealth()
  const settings = new RunningSettings(loaded, { log: quietLog() })
  const certificate = await openCertificate(loaded, { life, log: quietLog(), health, settings })
  const { parts } = await health.check()
  await life[Symbol.asyncDispose]()
  return { certificate, parts, warnings: loaded.warnings }
}

test('a port is in cleartext where nothing is set, and never where something is', async () => {
  await using certificates = await makeCertificates()
  const { directory } = certificates
  const { certFile, cert } = certificates.make('files')
  const files = { ssl_cert: 'files.pem', ssl_key: 'files.key', ssl_min_version: '1.3' }

  expect(await openWith(directory, {})).toMatchObject({ certificate: undefined, parts: [] })

  const byFiles = await openWith(directory, { ...files, ssl_client_ca: certFile, ssl_client_required: true })
  expect(byFiles.certificate?.terms).toMatchObject({
    pair: { cert },
    clientCa: cert,
    minVersion: 'TLSv1.3',
    clientsNeedOne: true,
  })
  expect(byFiles.certificate?.view.shown?.names).toEqual(['localhost', '127.0.0.1'])
  expect(byFiles.parts).toEqual([{ part: 'certificate', ok: true }])

  const domain = { auto_ssl_domain: 'service.example.com', auto_ssl_http_port: 0 }
  const byAcme = await openWith(directory, { ...files, ...domain })
  expect(byAcme.certificate?.terms.pair).toBeUndefined()
  expect(byAcme.parts).toEqual([{ part: 'certificate', ok: false, reason: 'no certificate yet: it is on its way' }])
  expect(byAcme.warnings).toContain('ssl_cert and ssl_key are not used: auto_ssl_domain is set')
})

test('settings that are read again and name other files have those shown, once they fit together', async () => {
  await using certificates = await makeCertificates()
  const { directory: cwd } = certificates
  const [first, second] = [certificates.make('first'), certificates.make('second')]
  const write = (cert: string, key: string): Promise<void> =>
    writeFile(
      join(cwd, 'snetd.config.json'),
      JSON.stringify({
        ...{ blockchain_enabled: false, service_endpoint: 'http://127.0.0.1:1' },
        ...{ ssl_cert: cert, ssl_key: key },
      }),
    )
  await write('first.pem', 'first.key')
  const loaded = await loadConfig({ env: {}, flags: {}, cwd })
  const lines: string[] = []
  const settings = new RunningSettings(loaded, { log: quietLog(lines) })
  await using life = new Lifecycle()
  const deps = { life, log: quietLog(), health: createHealth(), settings }
  const shown = (await openCertificate(loaded, deps))?.terms
  expect(shown?.pair?.cert).toEqual(first.cert)
  await write('second.pem', 'first.key')
  await settings.reload()
  expect(lines.at(-1)).toContain('nothing changes')
  await write('second.pem', 'second.key')
  await settings.reload()
  await until('the second is shown', () => shown?.pair?.cert.equals(second.cert) === true)
  expect((await settings.readPending()).keys).toEqual([])
})
