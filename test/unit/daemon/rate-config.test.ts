import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rateOf } from '../../../src/daemon/compose-client-limits.js'
import { explain, findSettings, requireValid } from '../../../src/settings/index.js'
import { packageRoot } from '../../../src/shared/package.js'

const found = (more: Readonly<Record<string, string>>) =>
  findSettings({
    env: {},
    flags: {
      organization_id: 'o',
      service_id: 's',
      service_endpoint: 'http://127.0.0.1:9',
      ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:9',
      blockchain_enabled: 'false',
      ...more,
    },
    cwd: import.meta.dirname,
  })

test.each([
  [{}, undefined],
  [{ rate_limit_per_minute: '0' }, undefined],
  [{ rate_limit_per_minute: '90' }, { perMinute: 90, burst: 90 }],
  [
    { rate_limit_per_minute: '90', burst_size: '0' },
    { perMinute: 90, burst: 90 },
  ],
  [{ rate_limit_per_minute: '0.5' }, { perMinute: 0.5, burst: 1 }],
  [
    { rate_limit_per_minute: '90', burst_size: '500' },
    { perMinute: 90, burst: 500 },
  ],
])('a rate limits, with a burst or without: %o', async (settings, rate) => {
  expect(rateOf(requireValid(await found(settings)).config)).toEqual(rate)
})

test('what a rate without a burst means is said where settings are explained', async () => {
  const rows = explain(await found({ rate_limit_per_minute: '90' }))
  const effect = (key: string) => rows.find((row) => row.key === key)?.effect
  expect(effect('rate_limit_per_minute')).toContain('all of them at once without burst_size')
  expect(effect('burst_size')).toContain('0 or unset: as many as it lets in within one minute')
})

test('who comes from the older daemon reads in the guide that such a rate limits here', () => {
  const guide = readFileSync(join(packageRoot, 'docs/providers.md'), 'utf8').replaceAll(/\s+/g, ' ')
  const note = /[^.]*older daemon[^.]*`rate_limit_per_minute` without `burst_size`, or with 0[^.]*\.[^.]*\./.exec(
    guide,
  )?.[0]
  expect(note).toContain('Here it limits: as many calls come in at once as one minute allows')
})
