import { execFile, execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { Fleet } from '../../../src/client/fleet/index.js'
import { resolveTargets } from '../../../src/client/fleet/fleet-flags.js'
import { packageRoot } from '../../../src/shared/package.js'
import { startControlHost } from '../../support/control-host.js'
import { tempDir } from '../../support/temp-dir.js'

const hasOpenssl = ((): boolean => {
  try {
    return execFileSync('openssl', ['version'], { stdio: 'pipe' }).length > 0
  } catch {
    return false
  }
})()

/** The lines for a shell under a heading of the operators' guide. */
async function shellOf(heading: string): Promise<string> {
  const guide = await readFile(join(packageRoot, 'docs', 'operators.md'), 'utf8')
  const [, chapter = ''] = guide.split(`### ${heading}\n`)
  return [...(chapter.split(/^##/m)[0] ?? '').matchAll(/^```sh\n([^]*?)^```/gm)].map(([, lines]) => lines).join('')
}

test('the certificates and the token of the guide are taken by the client and the host', async () => {
  if (!hasOpenssl) throw new Error('openssl is missing: apt-get install openssl')
  await using temp = await tempDir()
  // The host of the guide is elsewhere; this one is here.
  const lines = (await shellOf('Certificates and a token')).replaceAll('10.0.0.7', '127.0.0.1')
  await promisify(execFile)('bash', ['-euc', lines], { cwd: temp.path })
  const at = (name: string): string => join(temp.path, name)
  const pair = { cert: await readFile(at('london.pem')), key: await readFile(at('london.key')) }
  await using host = await startControlHost({ GetPeer: () => ({ state: 'CONNECTED' }) }, { tls: pair })
  const warnings: string[] = []
  const flags = { host: [host.address], 'tls-ca': at('ca.pem'), 'token-file': at('token') }
  using fleet = new Fleet(await resolveTargets(flags, (text) => void warnings.push(text), {}))
  expect(await fleet.each((peer) => peer.call('GetPeer', {}))).toMatchObject([{ ok: true }])
  expect(warnings).toEqual([])
  expect(host.asked[0]?.authorization).toBe(`Bearer ${(await readFile(at('token'), 'utf8')).trim()}`)
})
