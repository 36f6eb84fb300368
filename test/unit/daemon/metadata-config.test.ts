import { expect, test } from 'vitest'
import { metadataConfig } from '../../../src/daemon/room-configs.js'
import { complete, inDirectory } from '../settings/harness.js'

const { load } = inDirectory()

test('metadata comes from the public hosts and without redirects, if nothing else is set', async () => {
  const { config } = await load(complete)
  expect(metadataConfig(config).sources).toEqual({
    ipfs: 'https://ipfs.singularitynet.io/',
    lighthouse: 'https://gateway.lighthouse.storage/ipfs/',
    timeoutMs: 30_000,
    redirects: false,
  })
})

test('every setting about metadata counts, a query that takes the CID included', async () => {
  const { config } = await load({
    ...complete,
    ipfs_endpoint: 'http://127.0.0.1:5001',
    ipfs_timeout: 7,
    lighthouse_endpoint: 'https://gateway.example/get?key=k&cid=',
    metadata_redirects: true,
  })
  expect(metadataConfig(config).sources).toEqual({
    ipfs: 'http://127.0.0.1:5001/',
    lighthouse: 'https://gateway.example/get?key=k&cid=',
    timeoutMs: 7_000,
    redirects: true,
  })
})
