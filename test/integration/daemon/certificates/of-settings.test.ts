import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCertificate } from '../../../../src/daemon/compose-certificates.js'
import { createHealth } from '../../../../src/daemon/observability/index.js'
import { loadConfig } from '../../../../src/settings/index.js'
import { Lifecycle } from '../../../../src/shared/lifecycle.js'
import { makeCertificates } from '../../../support/certificates.js'
import { quietLog } from '../../../support/quiet-log.js'

/** What a daemon with these settings shows, and what its health says of it. */
async function openWith(cwd: string, settings: Record<string, unknown>) {
  const file = join(cwd, 'snetd.config.json')
  await writeFile(
    file,
    JSON.stringify({ blockchain_enabled: false, service_endpoint: 'http://127.0.0.1:1', ...settings }),
  )
  const loaded = await loadConfig({ file, env: {}, flags: {}, cwd })
  const life = new Lifecycle()
  const health = createHealth()
  const certificate = await openCertificate(loaded, { life, log: quietLog(), health })
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
