import { importer } from 'ipfs-unixfs-importer'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import type { CID } from 'multiformats/cid'
import { expect, test } from 'vitest'
import { type ContentSources, fetchContent } from '../../../src/content/index.js'
import type { SnetError } from '../../../src/shared/errors.js'
import { type IpfsServer, startIpfsServer } from '../../support/ipfs-server.js'

const hello = Buffer.from('hello world\n')

/** Lighthouse is a gateway, and POST is not spoken there. */
const startLighthouse = (options: Parameters<typeof startIpfsServer>[0] = {}) =>
  startIpfsServer({ speaks: { gateway: 405 }, ...options })

const fetchFrom = (
  { url }: IpfsServer,
  cid: string,
  { maxBytes = 16 * 1024 * 1024, ...changes }: Partial<ContentSources> & { maxBytes?: number } = {},
) =>
  fetchContent(
    { ipfs: 'http://127.0.0.1:1', lighthouse: `${url}/ipfs/`, timeoutMs: 20_000, redirects: false, ...changes },
    { scheme: 'filecoin', cid },
    { maxBytes },
  )

const refusal = async (fetching: Promise<unknown>): Promise<SnetError> =>
  await fetching.then(
    () => expect.fail('nothing was refused'),
    (fault: SnetError) => fault,
  )

/** As Filecoin's uploaders import a file: raw leaves of one MiB. */
async function importInChunks(content: Uint8Array, chunkSize: number) {
  const blocks = new Map<string, Uint8Array>()
  const put = async (cid: CID, block: Uint8Array): Promise<CID> => {
    blocks.set(cid.toString(), block)
    return cid
  }
  const options = { cidVersion: 1, rawLeaves: true, chunker: fixedSize({ chunkSize }) } as const
  for await (const { cid } of importer([{ content }], { put }, options)) return { cid: cid.toString(), blocks }
  throw new Error('nothing was imported')
}

test.each([0, 1] as const)('content comes by GET from endpoint and CID, version %i', async (version) => {
  await using server = await startLighthouse()
  const cid = await server.add(hello, { version })
  expect(Buffer.from(await fetchFrom(server, cid))).toEqual(hello)
  expect(server.asked).toEqual([`GET /ipfs/${cid}`])
})

test('the CID is added to the endpoint as it is, be it a query', async () => {
  await using server = await startLighthouse({
    intercept: (request) => {
      request.url = (request.url ?? '').replace('/get?token=secret&cid=', '/ipfs/').replace('&format', '?format')
      return false
    },
  })
  const { cid, blocks } = await importInChunks(Buffer.alloc(2_500, 'words '), 1_000)
  server.addBlocks(blocks)
  const lighthouse = `${server.url}/get?token=secret&cid=`
  expect(Buffer.from(await fetchFrom(server, cid, { lighthouse })).toString()).toMatch(/^words /)
  expect(server.asked[1]).toBe(`GET /get?token=secret&cid=${cid}&format=raw`)
  const { message } = await refusal(fetchFrom(server, await absentCid(), { lighthouse }))
  expect(message).not.toContain('secret')
})

const absentCid = async (): Promise<string> => (await importInChunks(Buffer.from('nowhere'), 1_000)).cid

test('a file in chunks of one MiB is proved by its bytes alone', async () => {
  await using server = await startLighthouse()
  const content = Buffer.from(Array.from({ length: 2_500_000 }, (_none, i) => (i * i) % 251))
  const { cid } = await importInChunks(content, 1024 * 1024)
  server.pretend(cid, content)
  expect(Buffer.from(await fetchFrom(server, cid)).equals(content)).toBe(true)
  expect(server.asked).toEqual([`GET /ipfs/${cid}`])
})

test('a file in chunks of another size is proved block by block', async () => {
  await using server = await startLighthouse()
  const content = Buffer.from(Array.from({ length: 5_500 }, (_none, i) => i % 251))
  const { cid, blocks } = await importInChunks(content, 1_000)
  server.pretend(cid, content)
  server.addBlocks(blocks)
  expect(Buffer.from(await fetchFrom(server, cid)).equals(content)).toBe(true)
  expect(server.asked[1]).toBe(`GET /ipfs/${cid}?format=raw`)
})

test('other bytes than the CID names are refused', async () => {
  await using server = await startLighthouse()
  const cid = await absentCid()
  server.pretend(cid, hello)
  const { kind, message, hint } = await refusal(fetchFrom(server, cid))
  expect(kind).toBe('check-failed')
  expect(message).toContain('12 bytes that do not belong to it')
  expect(hint).toContain('lighthouse_endpoint')
})

test('an error page is no content: the HTTP status is told', async () => {
  await using server = await startLighthouse()
  const { kind, message, hint } = await refusal(fetchFrom(server, await absentCid()))
  expect(kind).toBe('unavailable')
  expect(message).toContain('HTTP status 404')
  expect(hint).toContain('lighthouse_endpoint')
})

test('an error status counts, even with the right bytes', async () => {
  await using server = await startLighthouse({
    intercept: (_request, response) => {
      response.writeHead(402).end(hello)
      return true
    },
  })
  const { cid } = await importInChunks(hello, 1_000)
  const { kind, message } = await refusal(fetchFrom(server, cid))
  expect(kind).toBe('unavailable')
  expect(message).toContain('HTTP status 402')
})

test('size and time are limited', async () => {
  await using server = await startLighthouse()
  const cid = await server.add(hello)
  const large = await refusal(fetchFrom(server, cid, { maxBytes: 5 }))
  expect(large).toMatchObject({ kind: 'check-failed', message: expect.stringContaining('larger than 5 bytes') })
  await using silent = await startLighthouse({ intercept: () => true })
  const slow = await refusal(fetchFrom(silent, cid, { timeoutMs: 100 }))
  expect(slow).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('no complete answer in time') })
})
