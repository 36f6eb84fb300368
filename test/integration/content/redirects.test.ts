import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { fetchContent, type Resolver } from '../../../src/content/index.js'
import { isPublicAddress } from '../../../src/content/public-address.js'
import type { SnetError } from '../../../src/shared/errors.js'
import { type IpfsServer, startIpfsServer } from '../../support/ipfs-server.js'

const hello = Buffer.from('hello world\n')

interface Fetching {
  readonly cid?: string
  readonly redirects?: boolean
  readonly resolver?: Resolver
  readonly lighthouse?: string
  readonly timeoutMs?: number
}

const CID = 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o'

const fetchFrom = (
  url: string,
  { cid = CID, redirects = true, resolver, lighthouse, timeoutMs = 20_000 }: Fetching = {},
) =>
  fetchContent(
    { ipfs: url, lighthouse: lighthouse ?? 'http://127.0.0.1:1/', timeoutMs, redirects },
    { scheme: lighthouse === undefined ? 'ipfs' : 'filecoin', cid },
    { maxBytes: 1024 * 1024, resolver },
  )

const refusal = async (fetching: Promise<unknown>): Promise<SnetError> =>
  await fetching.then(
    () => expect.fail('nothing was refused'),
    (fault: SnetError) => fault,
  )

/** A server that sends everybody elsewhere. */
const startSending = (to: (request: IncomingMessage) => string, status = 307): Promise<IpfsServer> =>
  startIpfsServer({
    intercept: (request, response) => {
      response.writeHead(status, { location: to(request) }).end('a body that nobody reads')
      return true
    },
  })

/** Names of the test's own, at addresses that count as public where the test says so. */
function namesAt(addresses: Record<string, readonly string[]>, allowed: readonly string[] = []) {
  const asked: string[] = []
  const resolver: Resolver = {
    lookup: async (name) => {
      asked.push(name)
      return addresses[name] ?? []
    },
    isAllowed: (address) => allowed.includes(address) || isPublicAddress(address),
  }
  return { resolver, asked }
}

const portOf = ({ url }: IpfsServer): string => new URL(url).port

describe('by default', () => {
  test.each([301, 302, 303, 307, 308])('a redirect with status %i is refused and the setting named', async (status) => {
    await using elsewhere = await startIpfsServer()
    await elsewhere.add(hello)
    await using server = await startSending(({ url }) => `${elsewhere.url}${url}`, status)
    const { kind, message, hint } = await refusal(fetchFrom(server.url, { redirects: false }))
    expect(kind).toBe('invalid-config')
    expect(message).toContain(`it redirects to 127.0.0.1:${portOf(elsewhere)}, and metadata_redirects is off`)
    expect(hint).toBe(
      'Set ipfs_endpoint to an address that serves content itself, or metadata_redirects to true where that host may redirect.',
    )
    expect(elsewhere.asked).toEqual([])
  })

  test('Lighthouse may not redirect either', async () => {
    await using server = await startSending(() => 'https://elsewhere.example/?token=secret')
    const { kind, message, hint } = await refusal(
      fetchFrom('http://127.0.0.1:1', { redirects: false, lighthouse: `${server.url}/` }),
    )
    expect(kind).toBe('invalid-config')
    expect(message).toContain('it redirects to elsewhere.example, and')
    expect(message).not.toContain('secret')
    expect(hint).toContain('lighthouse_endpoint')
  })

  test('a gateway that redirects the RPC API only is asked as a gateway', async () => {
    await using server = await startIpfsServer({
      speaks: { gateway: 405 },
      intercept: (request, response) => {
        if (request.method !== 'POST') return false
        response.writeHead(301, { location: 'https://docs.example/' }).end()
        return true
      },
    })
    const cid = await server.add(hello)
    expect(Buffer.from(await fetchFrom(server.url, { cid, redirects: false }))).toEqual(hello)
  })
})

test('where the RPC API redirects and the gateway has nothing, the redirect is what is told', async () => {
  await using server = await startIpfsServer({
    speaks: { gateway: 405 },
    intercept: (request, response) => {
      if (request.method !== 'POST') return false
      response.writeHead(308, { location: 'https://kubo.example/' }).end()
      return true
    },
  })
  const { kind, message } = await refusal(fetchFrom(server.url, { redirects: false }))
  expect(kind).toBe('invalid-config')
  expect(message).toContain('it redirects to kubo.example')
})

describe('when they are allowed', () => {
  test.each([301, 302, 307, 308])('status %i is followed to a public name, with the same method', async (status) => {
    await using target = await startIpfsServer()
    const cid = await target.add(hello)
    await using server = await startSending(({ url }) => `http://kubo.example:${portOf(target)}${url}`, status)
    const names = namesAt({ 'kubo.example': ['127.0.0.1'] }, ['127.0.0.1'])
    expect(Buffer.from(await fetchFrom(server.url, { cid, resolver: names.resolver }))).toEqual(hello)
    expect(target.asked).toEqual([`POST /api/v0/cat?arg=${cid}`])
  })

  test('what comes from there is proved as well', async () => {
    await using target = await startIpfsServer()
    target.pretend(CID, Buffer.from('hello wurld\n'))
    await using server = await startSending(({ url }) => `http://kubo.example:${portOf(target)}${url}`)
    const { resolver } = namesAt({ 'kubo.example': ['127.0.0.1'] }, ['127.0.0.1'])
    expect((await refusal(fetchFrom(server.url, { resolver }))).kind).toBe('check-failed')
  })

  const forbidden: [what: string, location: string, expected: string][] = [
    ['loopback', 'http://127.0.0.1:5001/api/v0/shutdown', '127.0.0.1, which is not a public address'],
    ['loopback in one number', 'http://2130706433/', '127.0.0.1, which is not a public address'],
    ['loopback in octal', 'http://0177.0.0.1/', '127.0.0.1, which is not a public address'],
    ['the credentials of a cloud', 'http://169.254.169.254/latest/', '169.254.169.254, which is not a public address'],
    ['a private net', 'http://10.1.2.3/', '10.1.2.3, which is not a public address'],
    ['IPv6 loopback', 'http://[::1]:5001/', '::1, which is not a public address'],
    ['mapped loopback', 'http://[::ffff:127.0.0.1]/', '::ffff:7f00:1, which is not a public address'],
    ['a unique-local address', 'http://[fd00::1]/', 'fd00::1, which is not a public address'],
    ['a private name', 'http://inside.example/', 'inside.example at 192.168.0.7, which is not a public address'],
    [
      'a name with a private address beside',
      'http://mixed.example/',
      'mixed.example at 10.0.0.1, which is not a public',
    ],
    ['a file', 'file:///etc/passwd', 'it redirects to a file: URL'],
    ['an older protocol', 'gopher://127.0.0.1:6379/_FLUSHALL', 'it redirects to a gopher: URL'],
    ['what is no URL', 'http://[', 'it redirects to something that is not a URL'],
  ]
  test.each(forbidden)('%s is no target', async (_what, location, expected) => {
    await using server = await startSending(() => location)
    const { resolver } = namesAt({ 'inside.example': ['192.168.0.7'], 'mixed.example': ['8.8.8.8', '10.0.0.1'] })
    const { kind, message, hint } = await refusal(fetchFrom(server.url, { resolver }))
    expect(kind).toBe('invalid-config')
    expect(message).toContain(expected)
    expect(hint).toBe('Set ipfs_endpoint to an address that serves content itself.')
  })

  test('localhost is no target, whatever the name server of this host says', async () => {
    await using server = await startSending(({ url }) => `http://localhost:1${url}`)
    const { kind, message } = await refusal(fetchFrom(server.url))
    expect(kind).toBe('invalid-config')
    expect(message).toContain('which is not a public address')
  })

  test('the server itself is no target where it is private: only its configured address may be', async () => {
    await using server = await startSending(() => '/again')
    expect((await refusal(fetchFrom(server.url))).message).toContain('127.0.0.1, which is not a public address')
    // Once by each way of asking.
    expect(server.asked).toHaveLength(2)
  })

  test('a name is looked up once, and the address that was checked is the one asked', async () => {
    await using target = await startIpfsServer()
    const cid = await target.add(hello)
    await using server = await startSending(({ url }) => `http://rebinding.example:${portOf(target)}${url}`)
    const answers = [['127.0.0.1'], ['10.0.0.1']]
    const asked: string[] = []
    const resolver: Resolver = {
      lookup: async (name) => {
        asked.push(name)
        return answers.shift() ?? []
      },
      isAllowed: (address) => address === '127.0.0.1',
    }
    expect(Buffer.from(await fetchFrom(server.url, { cid, resolver }))).toEqual(hello)
    expect(asked).toEqual(['rebinding.example'])
  })

  test('every step of a chain is checked', async () => {
    await using second = await startSending(() => 'http://10.0.0.1/')
    await using first = await startSending(({ url }) => `http://second.example:${portOf(second)}${url}`)
    const { resolver } = namesAt({ 'second.example': ['127.0.0.1'] }, ['127.0.0.1'])
    const { kind, message } = await refusal(fetchFrom(first.url, { resolver }))
    expect(kind).toBe('invalid-config')
    expect(message).toContain('10.0.0.1, which is not a public address')
  })

  test('a chain without an end is left', async () => {
    await using server: IpfsServer = await startSending(({ url }) => `http://again.example:${portOf(server)}${url}`)
    const { resolver } = namesAt({ 'again.example': ['127.0.0.1'] }, ['127.0.0.1'])
    const { kind, message } = await refusal(fetchFrom(server.url, { resolver }))
    expect(kind).toBe('invalid-config')
    expect(message).toContain('it redirects more than 3 times')
    // Four requests by each way of asking.
    expect(server.asked).toHaveLength(8)
  })

  test('user and password go to the configured host and to no other', async () => {
    const seen: (string | undefined)[] = []
    const note = (request: IncomingMessage): void => void seen.push(request.headers.authorization)
    await using target = await startIpfsServer({ intercept: (request) => (note(request), false) })
    const cid = await target.add(hello)
    await using server = await startSending((request) => {
      note(request)
      return `http://kubo.example:${portOf(target)}${request.url}`
    })
    const { resolver } = namesAt({ 'kubo.example': ['127.0.0.1'] }, ['127.0.0.1'])
    const withPassword = server.url.replace('http://', 'http://user:p%40ss@')
    await fetchFrom(withPassword, { cid, resolver })
    expect(seen).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`, undefined])
  })

  test('a name server that never answers is given up after the time limit', async () => {
    await using server = await startSending(() => 'http://slow.example/')
    const resolver: Resolver = { lookup: () => new Promise(() => undefined), isAllowed: () => true }
    const { kind, message } = await refusal(fetchFrom(server.url, { resolver, timeoutMs: 150 }))
    expect(kind).toBe('unavailable')
    expect(message).toContain('no complete answer in time')
  })

  test('a name without an address is away, not forbidden', async () => {
    await using server = await startSending(() => 'http://nowhere.example/')
    const { kind, message } = await refusal(fetchFrom(server.url, { resolver: namesAt({}).resolver }))
    expect(kind).toBe('unavailable')
    expect(message).toContain('nowhere.example has no address')
  })
})
