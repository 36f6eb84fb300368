import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProtoArchive, resolveService } from '../../../../src/content/index.js'
import { openMetadata } from '../../../../src/daemon/metadata/index.js'
import { toAddress } from '../../../../src/ethereum/index.js'
import { type IpfsServer, startIpfsServer } from '../../../support/ipfs-server.js'
import { quietLog } from '../../../support/quiet-log.js'

const FIXTURES = join(import.meta.dirname, '../../../fixtures/metadata')
const PROTOS = join(FIXTURES, 'proto')

async function protoFiles(): Promise<Record<string, string>> {
  const names = (await readdir(PROTOS, { recursive: true })).filter((name) => name.endsWith('.proto')).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(PROTOS, name), 'utf8')])),
  )
}

/** Ways in which the same documents are published. */
const WAYS = {
  'on IPFS, as kubo adds by default': {
    speaks: 'kubo',
    version: 0,
    uri: (cid: string) => `ipfs://${cid}`,
    protos: { isGzipped: true, field: 'service_api_source' },
  },
  'on IPFS, version 1, padded': {
    speaks: 'kubo',
    version: 1,
    uri: (cid: string) => `ipfs://${cid}\0\0\0\0\0\0\0`,
    protos: { isGzipped: false, field: 'service_api_source' },
  },
  'on IPFS, as bare CIDs': {
    speaks: 'kubo',
    version: 0,
    uri: (cid: string) => cid,
    protos: { isGzipped: true, field: 'model_ipfs_hash' },
  },
  'behind a gateway': {
    speaks: { gateway: 405 },
    version: 1,
    uri: (cid: string) => `ipfs://${cid}\n`,
    protos: { isGzipped: true, field: 'service_api_source' },
  },
  'on Filecoin': {
    speaks: { gateway: 405 },
    version: 1,
    uri: (cid: string) => `filecoin://${cid}\0\0`,
    protos: { isGzipped: false, field: 'service_api_source' },
  },
} as const

const METHODS = [
  ['/shop.Prices/latest', false],
  ['/shop.Words/collect', false],
  ['/shop.Words/count', false],
  ['/shop.Words/each', true],
]

describe.each(Object.entries(WAYS))('published %s', (_name, { speaks, version, uri, protos }) => {
  let server: IpfsServer
  beforeAll(async () => {
    server = await startIpfsServer({ speaks })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const publish = async (encoding: 'proto' | 'json', { withProtos = false } = {}) => {
    const add = async (bytes: Uint8Array): Promise<string> => uri(await server.add(bytes, { version }))
    const archive = await createProtoArchive(await protoFiles())
    const service = JSON.parse(await readFile(join(FIXTURES, `service-${encoding}.json`), 'utf8')) as object
    const source = await add(protos.isGzipped ? archive : gunzipSync(archive))
    const text = JSON.stringify({ ...service, ...(withProtos && { [protos.field]: source }) })
    // What JSON.parse has rounded is what the fixture says again.
    const exact = text.replace('12345678901234567000', '12345678901234567890')
    const uris = {
      organization: await add(await readFile(join(FIXTURES, 'organization.json'))),
      service: await add(Buffer.from(exact)),
    }
    return { organizationUri: async () => uris.organization, serviceUri: async () => uris.service }
  }
  const sources = () => ({ ipfs: server.url, lighthouse: `${server.url}/ipfs/`, timeoutMs: 20_000, redirects: false })
  const open = async (encoding: 'proto' | 'json', group: string) => {
    const lines: string[] = []
    const { current } = await openMetadata(
      { organization: 'example-shop', service: 'words', group, sources: sources() },
      { log: quietLog(lines), registry: await publish(encoding), toAddress },
    )
    expect(lines).toEqual([expect.stringContaining('the service publishes no proto files')])
    return current
  }

  test('a group with one price, in protobuf', async () => {
    const service = await open('proto', 'default_group')
    expect(service).toMatchObject({
      encoding: 'proto',
      group: { name: 'default_group', idText: 'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=' },
      terms: { recipient: '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A', expirationThreshold: 40_320n },
      storage: {
        endpoints: ['http://127.0.0.1:2379', 'http://127.0.0.1:2378'],
        connectionTimeoutMs: 100_000,
        requestTimeoutMs: 5_000,
      },
    })
    expect(service.prices.priceOf('/shop.Words/count')).toBe(12_345_678_901_234_567_890n)
  })

  test('a group with a price for each method, and without an etcd', async () => {
    const service = await open('proto', 'without_etcd')
    expect(service.terms.recipient).toBe('0x1563915e194D8CfBA1943570603F7606A3115508')
    expect(service.terms.expirationThreshold).toBe(100n)
    expect(service.storage.endpoints).toEqual([])
    expect(
      ['Words/count', 'Words/each', 'Prices/latest', 'Words/collect'].map((name) =>
        service.prices.priceOf(`/shop.${name}`),
      ),
    ).toEqual([1n, 2n, 0n, undefined])
  })

  test('a group whose names are in other letter case', async () => {
    const service = await open('proto', 'written_otherwise')
    expect(service.terms).toMatchObject({
      recipient: '0x5CbDd86a2FA8Dc4bDdd8a8f69dBa48572EeC07FB',
      expirationThreshold: 7n,
    })
    expect(service.storage.endpoints).toEqual(['http://127.0.0.1:2377'])
    expect(service.prices.priceOf('/shop.Words/count')).toBe(4n)
  })

  test('the other encoding, whose document lists its groups in another order', async () => {
    const service = await open('json', 'default_group')
    expect(service).toMatchObject({ encoding: 'json', terms: { mpe: '0x5FbDB2315678afecb367f032d93F642f64180aa3' } })
    expect(service.prices.priceOf('/any/method')).toBe(6n)
    expect((await open('json', 'without_etcd')).prices.priceOf('/any/method')).toBe(5n)
  })

  test('several proto files that import each other', async () => {
    const service = await resolveService(
      { organization: 'example-shop', service: 'words', group: undefined },
      { registry: await publish('proto', { withProtos: true }), sources: sources(), toAddress },
    )
    const methods = (await service.readDescriptors())?.methods
    expect([...(methods?.values() ?? [])].map(({ path, responseStream }) => [path, responseStream]).sort()).toEqual(
      METHODS,
    )
    const request = methods?.get('/shop.Words/count')?.encodeRequest({ words: [{ text: 'a', kind: 'NAME' }] })
    expect(request).toEqual(Buffer.from('0a050a01611001', 'hex'))
  })
})
