import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { heartbeatPage } from '../../../../src/daemon/api/heartbeat.js'
import { createHealth } from '../../../../src/daemon/observability/index.js'
import { packageRoot } from '../../../../src/shared/package.js'

const facts = {
  organization: 'ExampleOrg',
  service: 'ExampleSvc',
  group: 'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=',
  registry: '0x4DCc70c6FCE4064803f0ae0cE48497B3f7182e5D',
  network: 'sepolia',
  isPaid: true,
  isRestricted: false,
  trainable: undefined,
}
const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }

async function tell(parts: Record<string, boolean>): Promise<{ type: string; body: string }> {
  const health = createHealth()
  for (const [part, ok] of Object.entries(parts)) health.watch(part, () => ({ ok }))
  return heartbeatPage(facts, health, () => 1_700_000_000_999)()
}
const service = (status: string) =>
  `"serviceheartbeat":"{\\"serviceID\\":\\"ExampleSvc\\",\\"status\\":\\"${status}\\"}"`

test('the fields are those of the reference, in its order, and the type is that of JSON (defect 46)', async () => {
  const { type, body } = await tell({ chain: true, service: true })
  expect(type).toBe('application/json')
  expect(body).toMatch(
    new RegExp(
      [
        '^{"daemonID":"5547928ecaedee03dbb0161881a18fece19bb963f15932ecfba51ede1014f735","timestamp":"1700000000","status":"Online","serviceheartbeat":"[^}]*}",',
        `"daemonVersion":"v${version}","blockchainEnabled":true,"blockchainNetwork":"sepolia",`,
        '"storageClientCertDetails":{"validFrom":"","validTill":""}}\n$',
      ].join(''),
    ),
  )
  expect(body).toContain(service('SERVING'))
})

test('what can be trained is told, as the reference tells it', async () => {
  const page = heartbeatPage({ ...facts, trainable: { Ear: ['stt'] } }, createHealth())
  const { body } = await page()
  const trained =
    '"trainingMetadata":{"trainingEnabled":true,"trainingInProto":true,"trainingMethods":{"Ear":["stt"]}}}'
  expect(body).toContain(`{"validFrom":"","validTill":""},${trained}`)
})

test.each([
  [{ chain: false, service: true }, 'Offline', 'SERVING'],
  [{ chain: true, service: false }, 'Offline', 'NOT_SERVING'],
  [{ chain: true }, 'Online', 'NOT_SERVING'],
])('of %o it tells %s, and the service is %s', async (parts, status, serving) => {
  const { body } = await tell(parts)
  expect(body).toContain(`"status":"${status}"`)
  expect(body).toContain(service(serving))
})
