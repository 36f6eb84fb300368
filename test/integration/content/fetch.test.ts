import { importer } from 'ipfs-unixfs-importer'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import type { CID } from 'multiformats/cid'
import { base32 } from 'multiformats/bases/base32'
import { base58btc } from 'multiformats/bases/base58'
import { CID as Cid } from 'multiformats/cid'
import { expect, test } from 'vitest'
import { type ContentSources, fetchContent } from '../../../src/content/index.js'
import type { ErrorKind } from '../../../src/shared/errors.js'
import { type IpfsServer, startIpfsServer } from '../../support/ipfs-server.js'

const hello = Buffer.from('hello world\n')
const sources = ({ url }: IpfsServer, changes: Partial<ContentSources> = {}): ContentSources => ({
  ipfs: url,
  lighthouse: 'http://127.0.0.1:1/',
  timeoutMs: 20_000,
  redirects: false,
  ...changes,
})
const MAX_BYTES = 1024 * 1024
const fetchCid = (
  from: ContentSources,
  cid: string,
  { maxBytes = MAX_BYTES, signal }: { maxBytes?: number; signal?: AbortSignal } = {},
) => fetchContent(from, { scheme: 'ipfs', cid }, { maxBytes, signal })

const refusal = async (fetching: Promise<unknown>): Promise<{ kind: ErrorKind; message: string }> =>
  await fetching.then(
    () => expect.fail('nothing was refused'),
    (fault: { kind: ErrorKind; message: string }) => fault,
  )

/** A file cut into other chunks than kubo's default: its CID can only be proved block by block. */
async function cutOtherwise(content: Uint8Array): Promise<{ cid: string; blocks: Map<string, Uint8Array> }> {
  const blocks = new Map<string, Uint8Array>()
  const put = async (cid: CID, block: Uint8Array): Promise<CID> => {
    blocks.set(cid.toString(), block)
    return cid
  }
  const options = { cidVersion: 0, rawLeaves: false, chunker: fixedSize({ chunkSize: 1_000 }) } as const
  for await (const { cid } of importer([{ content }], { put }, options)) return { cid: cid.toString(), blocks }
  throw new Error('nothing was imported')
}

test('content comes from the RPC API of kubo by POST', async () => {
  await using server = await startIpfsServer()
  const cid = await server.add(hello)
  expect(Buffer.from(await fetchCid(sources(server), cid))).toEqual(hello)
  expect(server.asked).toEqual([`POST /api/v0/cat?arg=${cid}`])
})

test.each([404, 405, 501] as const)('content comes from a gateway that answers POST with %i', async (gateway) => {
  await using server = await startIpfsServer({ speaks: { gateway } })
  const cid = await server.add(hello)
  expect(Buffer.from(await fetchCid(sources(server), cid))).toEqual(hello)
  expect(server.asked).toEqual([`POST /api/v0/cat?arg=${cid}`, `GET /ipfs/${cid}`])
})

test('an endpoint may end with a slash and have a path of its own', async () => {
  await using server = await startIpfsServer({
    intercept: (request) => {
      request.url = (request.url ?? '').replace('/behind/proxy', '')
      return false
    },
  })
  const cid = await server.add(hello)
  const fetched = await fetchCid(sources(server, { ipfs: `${server.url}/behind/proxy/` }), cid)
  expect(Buffer.from(fetched)).toEqual(hello)
})

test.each([0, 1] as const)('a file of several chunks is proved by its bytes alone, CID version %i', async (version) => {
  await using server = await startIpfsServer()
  const content = Buffer.alloc(700_000, 'chunk of some length, ')
  const cid = await server.add(content, { version })
  expect(Buffer.from(await fetchCid(sources(server), cid)).equals(content)).toBe(true)
  expect(server.asked).toHaveLength(1)
})

test('a CID of version 1 may be spelt in another base', async () => {
  await using server = await startIpfsServer()
  const cid = Cid.parse(await server.add(hello, { version: 1 }))
  const other = cid.toString(base58btc.encoder)
  expect(other).not.toBe(cid.toString(base32.encoder))
  server.pretend(other, hello)
  expect(Buffer.from(await fetchCid(sources(server), other))).toEqual(hello)
})

test.each(['kubo', { gateway: 405 }] as const)(
  'a file in chunks of another size is proved block by block: %j',
  async (speaks) => {
    await using server = await startIpfsServer({ speaks })
    const content = Buffer.from(Array.from({ length: 5_500 }, (_none, i) => i % 251))
    const { cid, blocks } = await cutOtherwise(content)
    server.pretend(cid, content)
    server.addBlocks(blocks)
    expect(Buffer.from(await fetchCid(sources(server), cid)).equals(content)).toBe(true)
    expect(server.asked.length).toBeGreaterThan(6)
  },
)

test('the blocks decide, not the bytes that were served beside them', async () => {
  await using server = await startIpfsServer()
  const content = Buffer.alloc(2_500, 'true')
  const { cid, blocks } = await cutOtherwise(content)
  server.pretend(cid, Buffer.from('something else'))
  server.addBlocks(blocks)
  expect(Buffer.from(await fetchCid(sources(server), cid)).equals(content)).toBe(true)
})

test('other bytes than the CID names are refused', async () => {
  await using server = await startIpfsServer()
  const cid = 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o'
  server.pretend(cid, Buffer.from('hello wurld\n'))
  const { kind, message } = await refusal(fetchCid(sources(server), cid))
  expect(kind).toBe('check-failed')
  expect(message).toContain(`the content of ${cid} could not be proved`)
  expect(message).toContain('12 bytes that do not belong to it')
})

test('a block with other bytes is refused and named', async () => {
  await using server = await startIpfsServer()
  const { cid, blocks } = await cutOtherwise(Buffer.alloc(2_500, 'true'))
  const [first = ''] = blocks.keys()
  server.addBlocks(new Map([...blocks, [first, Buffer.from('forged')]]))
  const { kind, message } = await refusal(fetchCid(sources(server), cid))
  expect(kind).toBe('check-failed')
  expect(message).toContain(`block ${first} does not hash to its CID`)
})

test('content that is nowhere is refused with what the endpoint answered', async () => {
  await using server = await startIpfsServer()
  const { kind, message } = await refusal(fetchCid(sources(server), 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o'))
  expect(kind).toBe('unavailable')
  expect(message).toContain('HTTP status 500')
})

test('a file whose blocks add up to more than the limit is refused', async () => {
  await using server = await startIpfsServer()
  const { cid, blocks } = await cutOtherwise(Buffer.alloc(20_000, 'x'))
  server.addBlocks(blocks)
  const { kind, message } = await refusal(fetchCid(sources(server), cid, { maxBytes: 10_000 }))
  expect(kind).toBe('check-failed')
  expect(message).toContain('larger than 10000 bytes')
})

test('an endless answer is cut at the size limit', async () => {
  let isCut: () => void = () => undefined
  const cut = new Promise<void>((done) => (isCut = done))
  await using server = await startIpfsServer({
    intercept: (_request, response) => {
      const pour = (): void => {
        while (response.writable && response.write(Buffer.alloc(65_536)));
      }
      response.on('drain', pour).once('close', isCut)
      pour()
      return true
    },
  })
  const { kind, message } = await refusal(fetchCid(sources(server), 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o'))
  expect(kind).toBe('check-failed')
  expect(message).toContain('larger than 1048576 bytes')
  await cut
})

test.each([
  ['never answers', () => true],
  [
    'stops in mid-answer',
    (_request: unknown, response: { writeHead(code: number): { write(text: string): unknown } }) => {
      response.writeHead(200).write('hello')
      return true
    },
  ],
])('a server that %s is given up after the time limit', async (_what, intercept) => {
  await using server = await startIpfsServer({ intercept })
  const { kind, message } = await refusal(
    fetchCid(sources(server, { timeoutMs: 200 }), 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o'),
  )
  expect(kind).toBe('unavailable')
  expect(message).toContain('no complete answer in time')
})

test('an endpoint that is down is named', async () => {
  const server = await startIpfsServer()
  await server[Symbol.asyncDispose]()
  const { kind, message } = await refusal(fetchCid(sources(server), 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o'))
  expect(kind).toBe('unavailable')
  expect(message).toContain(new URL(server.url).host)
})

test.each([
  ['no CID', 'nonsense', '"nonsense" is not a CID'],
  ['no file', 'bafyreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy', 'content other than a file'],
])('what names %s is refused before anything is asked', async (_what, text, expected) => {
  await using server = await startIpfsServer()
  const { kind, message } = await refusal(fetchCid(sources(server), text))
  expect(kind).toBe('invalid-config')
  expect(message).toContain(expected)
  expect(server.asked).toEqual([])
})

test('a caller that gives up ends the fetch', async () => {
  const caller = new AbortController()
  await using server = await startIpfsServer({
    intercept: () => {
      caller.abort()
      return true
    },
  })
  const { kind } = await refusal(
    fetchCid(sources(server), 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o', { signal: caller.signal }),
  )
  expect(kind).toBe('cancelled')
})
