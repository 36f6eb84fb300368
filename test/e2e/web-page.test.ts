import { Wallet } from 'ethers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toAddress } from '../../src/ethereum/index.js'
import { mint } from '../../src/sandbox/contracts.js'
import type { Network } from '../../src/sandbox/index.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { groupIdFromBase64 } from '../../src/shared/units.js'
import { findChannels } from '../../src/wallet/index.js'
import { makeCertificates } from '../support/certificates.js'
import { type Browser, type BrowserPage, startChromium } from '../support/chromium.js'
import { type StartedGate, startGate } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { bundlePage, type PageServer, servePage } from '../support/web-page.js'

const TIMEOUT = { timeout: 120_000 }
const life = new Lifecycle()
let [network, guarded]: [Network, StartedGate] = [] as never
let [site, foreignSite]: [PageServer, PageServer] = [] as never
let [modern, old]: [Browser, Browser] = [] as never
/** Accounts of the local chain whose keys its node holds, each for one page. */
let accounts: string[]

beforeAll(async () => {
  network = await life.own('network', openTestNetwork())
  const certificates = await life.own('certificates', makeCertificates())
  const { certFile, keyFile } = certificates.make('gate')
  const script = await bundlePage()
  site = await life.own('site', servePage(script))
  foreignSite = await life.own('foreign site', servePage(script))
  guarded = await life.own(
    'guarded gate',
    startGate(network, 'guarded', { ssl_cert: certFile, ssl_key: keyFile, allowed_origins: [site.origin] }),
  )
  modern = await life.own('browser', startChromium())
  old = await life.own('old browser', startChromium(['--disable-http2']))
  accounts = (await network.provider.send('eth_accounts', [])) as string[]
}, 180_000)
afterAll(() => life[Symbol.asyncDispose]())

interface PageOptions {
  readonly options?: object
  readonly forged?: Readonly<Record<string, string>>
}

const endpointOf = (isTls: boolean): string => (isTls ? `https://${guarded.endpoint}` : `http://${network.endpoint}`)

/** An account with tokens, of which nothing is in the escrow. */
async function newAccount(): Promise<string> {
  const account = accounts.pop() as string
  await mint(new Wallet(network.owner.key, network.provider), network.contracts.token, account, 1_000n)
  return account
}

async function openPage(browser: Browser, endpoint: string, account: string, more: PageOptions = {}, from = site) {
  const page = await browser.open(from.origin)
  const { rpc, chainId, contracts, names, metadata } = network
  const known = { rpc, chainId, contracts, names, ipfs: metadata.url, endpoint, account, ...more }
  await page.evaluate(`page.open(${JSON.stringify(known)})`)
  return page
}

const unary = (page: BrowserPage, method: string, a: number, b: number) =>
  page.evaluate(`page.unary("${method}", ${a}, ${b})`)

const channelsOf = (account: string) =>
  findChannels(network.provider, {
    mpe: network.contracts.mpe,
    sender: toAddress(account),
    recipient: network.owner.address,
    groupId: groupIdFromBase64(network.group.idText),
  })

describe.each([
  ['HTTP/1.1', 'http/1.1', false, () => modern],
  ['HTTP/2 and TLS', 'h2', true, () => modern],
  ['HTTP/1.1 and TLS', 'http/1.1', true, () => old],
])('a page with the official SDK, over %s', (_name, protocol, isTls, browser) => {
  let [account, page]: [string, BrowserPage] = [] as never
  beforeAll(async () => {
    account = await newAccount()
    page = await openPage(browser(), endpointOf(isTls), account, { options: { concurrency: false } })
  }, 120_000)

  test('opens a channel, pays for each call, and tops the channel up', TIMEOUT, async () => {
    const values: bigint[] = []
    for (const [method, value] of [
      ['add', 8],
      ['sub', 4],
      ['mul', 12],
      ['div', 3],
    ] as const) {
      expect(await unary(page, method, 6, 2)).toMatchObject({ code: 0, value })
      const [channel, ...others] = await channelsOf(account)
      expect(others).toEqual([])
      values.push((channel?.value ?? 0n) / BigInt(network.priceInCogs))
    }
    // It tops a channel up that it has just opened too, and is one price ahead from then on until the second call.
    expect(values).toEqual([2n, 2n, 3n, 4n])
  })

  test('reads an error of the service, which costs nothing', TIMEOUT, async () => {
    const answer = await unary(page, 'div', 1, 0)
    expect(answer).toMatchObject({ code: 3, message: '1 and 0 have no such result' })
    expect(await unary(page, 'div', 1, 2)).toMatchObject({ code: 0, value: 0.5 })
  })

  test('pays for a stream, and has its messages', TIMEOUT, async () => {
    expect(await page.evaluate('page.stream("count", 3, 7)')).toEqual({
      values: [3, 4, 5, 6, 7],
      code: 0,
      message: 'OK',
    })
  })

  test('pays ahead by default', TIMEOUT, async () => {
    const ahead = await openPage(browser(), endpointOf(isTls), account)
    expect(await unary(ahead, 'add', 2, 3)).toMatchObject({ code: 0, value: 5 })
    expect(await unary(ahead, 'add', 20, 3)).toMatchObject({ code: 0, value: 23 })
    const asked = [...ahead.protocols.keys()].filter((url) => url.startsWith(endpointOf(isTls)))
    expect(asked.some((url) => url.endsWith('/escrow.TokenService/GetToken'))).toBe(true)
  })

  test('reads why a payment is refused', TIMEOUT, async () => {
    const forged = {
      'snet-payment-type': 'escrow',
      'snet-payment-channel-id': '0',
      'snet-payment-channel-nonce': '0',
      'snet-payment-channel-amount': '10',
      'snet-payment-channel-signature-bin': Buffer.alloc(65, 7).toString('base64'),
    }
    const liar = await openPage(browser(), endpointOf(isTls), account, { forged })
    expect(await unary(liar, 'add', 2, 3)).toMatchObject({ code: 16, message: 'payment signature is not valid' })
    expect(await liar.evaluate('page.stream("count", 3, 7)')).toEqual({
      ...{ values: [], code: 16, message: 'payment signature is not valid' },
    })
  })

  test('came by this protocol throughout, and shows what it heard', TIMEOUT, async () => {
    const atGate = [...page.protocols].filter(([url]) => url.startsWith(endpointOf(isTls)))
    expect(atGate.length).toBeGreaterThan(3)
    expect(new Set(atGate.map(([, by]) => by))).toEqual(new Set([protocol]))
    const shown = await page.evaluate('document.querySelector("#calls").innerText')
    expect(shown).toContain('div(1, 0): status 3, 1 and 0 have no such result')
    expect(shown).toContain('count(3, 7): 3 4 5 6 7, status 0')
    expect((await page.screenshot()).subarray(1, 4).toString()).toBe('PNG')
  })
})

test('a page of another site than those that are allowed reaches nothing', TIMEOUT, async () => {
  const before = network.calculator.calls
  const account = await newAccount()
  const forged = { 'snet-payment-type': 'escrow' }
  const page = await openPage(modern, endpointOf(true), account, { forged }, foreignSite)
  expect(await unary(page, 'add', 2, 3)).toMatchObject({ code: 2, message: 'Response closed without headers' })
  expect(network.calculator.calls).toBe(before)
  expect(
    await (await openPage(modern, endpointOf(true), account, { forged })).evaluate('page.unary("add", 2, 3)'),
  ).toMatchObject({
    ...{ code: 3, message: expect.stringContaining('missing "snet-payment-channel-id"') },
  })
})
