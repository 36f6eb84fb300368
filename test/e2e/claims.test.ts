import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  channelStateMessage,
  listInProgressMessage,
  listUnclaimedMessage,
  signMessage,
  startClaimMessage,
} from '../../src/ethereum/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { controlSocketOf } from '../../src/shared/control-socket.js'
import { packageRoot } from '../../src/shared/package.js'
import { bigEndian, channelNonce, uint256Bytes } from '../../src/shared/units.js'
import {
  type ChannelStateReply,
  loadProviderControl,
  loadStateService,
  type PaymentReply,
  type PaymentsListReply,
} from '../../src/shared/wire/index.js'
import { connectControl } from '../../src/shared/wire/grpc/index.js'
import { runCli } from '../support/cli.js'
import type { RawClient } from '../support/echo-service.js'
import { openTestNetwork } from '../support/network.js'
import { ADD, asMetadata, clientOf, openStream, paymentHeaders, TWO_AND_THREE } from '../support/payer.js'
import { takeTime } from '../support/take-time.js'
import { until } from '../support/until.js'

const ROUNDS = 4
const TIMEOUT_MS = 20_000

let network: Network
beforeAll(async () => {
  network = await openTestNetwork()
}, 60_000)
afterAll(() => network?.[Symbol.asyncDispose]())

/** A call that the kill has cut off would wait for the next daemon. */
const deadline = () => ({ deadline: new Date(Date.now() + TIMEOUT_MS) })

const key = (text: string) => Buffer.from(text.slice(2), 'hex')

async function ask(client: RawClient, name: string, request: object): Promise<PaymentReply & PaymentsListReply> {
  const method = loadProviderControl().service[name]
  if (!method) throw new Error(`no method ${name}`)
  const { code, details, messages } = await client.call(method.path, [method.requestSerialize(request)], deadline())
  if (code !== 0) throw new Error(`${name}: ${code} ${details}`)
  return method.responseDeserialize(messages[0] as Buffer) as PaymentReply & PaymentsListReply
}

async function amounts(client: RawClient, what: 'GetListUnclaimed' | 'GetListInProgress'): Promise<bigint[]> {
  const { mpe } = network.contracts
  const block = BigInt(await network.provider.getBlockNumber())
  const message = what === 'GetListUnclaimed' ? listUnclaimedMessage(mpe, block) : listInProgressMessage(mpe, block)
  const signature = signMessage(key(network.owner.key), message)
  const { payments = [] } = await ask(client, what, { mpe_address: mpe, current_block: String(block), signature })
  return payments.map(({ signed_amount = new Uint8Array() }) => bigEndian(signed_amount))
}

function startClaim(client: RawClient, nonce: bigint): Promise<PaymentReply> {
  const { mpe } = network.contracts
  const message = startClaimMessage(mpe, { channel: network.channel, nonce: channelNonce(nonce) })
  const signature = signMessage(key(network.owner.key), message)
  return ask(client, 'StartClaim', { mpe_address: mpe, channel_id: uint256Bytes(network.channel), signature })
}

/** As any client learns them. */
async function nonceAndAmount(client: RawClient): Promise<{ nonce: bigint; amount: bigint }> {
  const block = BigInt(await network.provider.getBlockNumber())
  const method = loadStateService().service['GetChannelState']
  const message = channelStateMessage(network.contracts.mpe, network.channel, block)
  const request = {
    channel_id: uint256Bytes(network.channel),
    signature: signMessage(key(network.client.key), message),
    current_block: String(block),
  }
  const { messages } = await client.call(method?.path ?? '', [method?.requestSerialize(request) as Buffer], deadline())
  const reply = method?.responseDeserialize(messages[0] as Buffer) as ChannelStateReply
  const none = new Uint8Array()
  return { nonce: bigEndian(reply.current_nonce ?? none), amount: bigEndian(reply.current_signed_amount ?? none) }
}

/** One paid call with the next amount under the nonce of now. */
async function pay(client: RawClient): Promise<number> {
  const { nonce, amount } = await nonceAndAmount(client)
  const next = amount + BigInt(network.priceInCogs)
  const metadata = asMetadata(paymentHeaders(network, { channel: network.channel, nonce, amount: next }))
  return (await client.call(ADD, [TWO_AND_THREE], { metadata, ...deadline() })).code
}

test(
  `kill -9 between the start of a claim and its answer, ${ROUNDS} times: no cog lost or doubled, the next call works`,
  { timeout: 240_000 },
  async () => {
    for (let round = 0, paid = 0n; round < ROUNDS; round++) {
      const client = clientOf(network)
      expect(await pay(client)).toBe(0)
      paid += BigInt(network.priceInCogs)
      const { nonce } = await nonceAndAmount(client)
      const starting = startClaim(client, nonce).catch(() => undefined)
      await takeTime(round * 4)
      network.daemon.process.kill('SIGKILL')
      await network.daemon.ended
      client[Symbol.dispose]()
      const answered = await starting
      await network.startDaemon()
      using next = clientOf(network)
      const kept = [await amounts(next, 'GetListUnclaimed'), await amounts(next, 'GetListInProgress')]
      expect(kept.flat().reduce((sum, amount) => sum + amount, 0n)).toBe(paid)
      // What was answered was durable.
      if (answered) expect((await nonceAndAmount(next)).nonce).toBe(nonce + 1n)
    }
    using client = clientOf(network)
    expect(await pay(client)).toBe(0)
  },
)

test('the socket tells who keeps a channel busy, which claims are kept, and frees it by force only', async () => {
  using client = clientOf(network)
  using control = connectControl(await controlSocketOf(network.dataDir), TIMEOUT_MS)
  const channel = String(network.channel)
  const { nonce, amount } = await nonceAndAmount(client)
  const next = amount + BigInt(network.priceInCogs)
  const stream = await openStream(client, paymentHeaders(network, { channel: network.channel, nonce, amount: next }))
  const held = await control.listChannels({ channel })
  expect(held.channels).toMatchObject([
    { channel, nonce: String(nonce), hold: { by: 'a call of /example_service.Calculator/running_sum' } },
  ])
  await expect(control.unlockChannel({ channel })).rejects.toMatchObject({ kind: 'channel-busy' })
  await control.unlockChannel({ channel, force: true })
  expect(await stream.finish()).toBe(14)
  expect(await pay(client)).toBe(0)
  const inProgress = await amounts(client, 'GetListInProgress')
  const { claims = [] } = await control.listClaims()
  expect(claims.map((claim) => BigInt(claim.amount ?? '0')).sort()).toEqual(inProgress.sort())
}, 60_000)

test(
  'the provider sees channels and claims and frees one, with a daemon and without',
  { timeout: 300_000 },
  async () => {
    const run = async (...args: string[]) => await runCli([...args, '-c', network.configFile])
    const json = async (...args: string[]) =>
      JSON.parse((await run(...args, '--json')).stdout) as Record<string, unknown>
    const channel = String(network.channel)
    const success = `Success: Channel {ID: ${channel}} unlocked\n`
    const notFound = { code: 6, stdout: '', stderr: expect.stringContaining('Channel {ID: 999} not found') }
    let expected: Record<string, unknown>
    {
      using client = clientOf(network)
      expect(await pay(client)).toBe(0)
      await startClaim(client, (await nonceAndAmount(client)).nonce)
      expect(await pay(client)).toBe(0)
      const { nonce, amount } = await nonceAndAmount(client)
      const next = amount + BigInt(network.priceInCogs)
      expected = { channel, nonce: String(nonce), authorized: String(amount), hold: null }
      expect(await json('channel', 'list')).toMatchObject({ channels: [expected], more: false })
      const stream = await openStream(
        client,
        paymentHeaders(network, { channel: network.channel, nonce, amount: next }),
      )
      const by = 'a call of /example_service.Calculator/running_sum'
      expect(await json('channel', 'show', channel)).toMatchObject({ ...expected, hold: { by } })
      expect((await run('channel', 'show', channel)).stdout).toMatch(
        new RegExp(`^busy +${by}\nsince +\\d{4}-.*Z\nfree +when that ends`, 'm'),
      )
      const { owner, client: payer, group } = network
      expect((await run('list', 'channels')).stdout).toMatch(
        new RegExp(
          `^${channel}: {ChannelID: ${channel}, Nonce: ${nonce}, State: Open, Sender: ${payer.address}, ` +
            `Recipient: ${owner.address}, GroupId: ${group.idText.replaceAll('+', '\\+')}, FullAmount: \\d+, ` +
            `Expiration: \\d+, Signer: ${payer.address}, AuthorizedAmount: ${amount}, Signature: [A-Za-z0-9+/]{87}=\n$`,
        ),
      )
      expect(await run('channel', '--unlock', channel)).toMatchObject({
        code: 5,
        stdout: '',
        stderr: expect.stringContaining(`held by ${by}`),
      })
      expect(await json('channel', 'unlock', channel, '--force')).toMatchObject({ channel, ended: { by } })
      expect(await stream.finish()).toBe(14)
      expect(await run('channel', '--unlock', channel)).toMatchObject({ code: 0, stdout: success })
      expect(await run('channel', 'show', '999')).toMatchObject(notFound)
      expect(await run('channel', 'unlock', '999')).toMatchObject(notFound)
      expect(await run('channel', 'show', '1x')).toMatchObject({ code: 2, stdout: '' })
    }
    const claims = (await json('claims', 'list'))['claims'] as readonly { channel: string }[]
    expect(claims.map((claim) => claim.channel)).toEqual(Array(claims.length).fill(channel))
    expect(claims.length).toBeGreaterThan(0)
    network.daemon.process.kill('SIGKILL')
    await network.daemon.ended
    expect(await json('channel', 'list')).toMatchObject({ channels: [expected], more: false })
    expect(await json('channel', 'show', channel)).toMatchObject(expected)
    expect(await run('channel', 'show', '999')).toMatchObject(notFound)
    expect(await run('channel', 'unlock', channel)).toMatchObject({ code: 0, stdout: success })
    expect((await json('claims', 'list'))['claims']).toEqual(claims)
    const line = `MpeContractAddress: ${network.contracts.mpe}, ChannelID: ${channel}, ChannelNonce: \\d+, Amount: \\d+`
    const claimLine = new RegExp(`^${channel}/\\d+: {${line}, Signature: [A-Za-z0-9+/]{87}=}$`)
    const lines = (await run('list', 'claims')).stdout.trimEnd().split('\n')
    expect(lines.filter((one) => !claimLine.test(one))).toEqual([])
    expect(lines).toHaveLength(claims.length)
    const nowhere = ['list', 'channels', '--data-dir', network.directory]
    expect(await runCli(nowhere)).toMatchObject({ code: 6, stdout: '' })
    const forgotten = join(network.directory, 'forgotten')
    await mkdir(forgotten)
    const marker = { network: 'local', organization: 'o', group: 'g', mpe: network.contracts.mpe, backend: 'memory' }
    await writeFile(join(forgotten, 'snetd-store.json'), JSON.stringify(marker))
    expect(await runCli(['claims', 'list', '--data-dir', forgotten])).toMatchObject({
      ...{ code: 3, stdout: '' },
      stderr: expect.stringMatching(/keeps payments in memory, and it does not run[^]*snetd serve/),
    })
    await network.startDaemon()
  },
)

/** A terminal of 100 columns in which a command runs. */
const onTerminal = (args: readonly string[]): string[] => {
  const words = [process.execPath, join(packageRoot, 'bin', 'run.js'), ...args].map((word) => `'${word}'`)
  return ['script', '-qec', `stty cols 100 rows 12; ${words.join(' ')}`, '/dev/null']
}

/** A command that goes on, and what it has printed so far. */
function follow([program = '', ...args]: readonly string[]) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TERM: 'xterm' } })
  const shown = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (shown.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (shown.err += chunk.toString()))
  return { child, shown, closed: once(child, 'close') as Promise<[number | null]> }
}

test(
  'a watch tells what is signed and claimed, goes on through another start of the daemon, and ends with Ctrl-C',
  { timeout: 120_000 },
  async () => {
    const args = ['channel', 'watch', '-c', network.configFile]
    {
      using client = clientOf(network)
      expect(await pay(client)).toBe(0)
    }
    const piped = follow([process.execPath, join(packageRoot, 'bin', 'run.js'), ...args])
    const screen = follow(onTerminal(args))
    try {
      await until('it tells the channel', () => piped.shown.out.includes('cogs signed under nonce'))
      await until('the table is drawn', () => screen.shown.out.includes('signed and not claimed'))
      network.daemon.process.kill('SIGKILL')
      await network.daemon.ended
      await until('that the daemon is away is told', () =>
        [piped.shown.err, screen.shown.out].every((text) => text.includes('daemon is away')),
      )
      await network.startDaemon()
      using client = clientOf(network)
      const before = await nonceAndAmount(client)
      expect(await pay(client)).toBe(0)
      const { nonce, amount } = await nonceAndAmount(client)
      expect(nonce).toBe(before.nonce)
      await until('it tells the payment', () =>
        piped.shown.out.includes(
          `channel ${network.channel}: ${network.priceInCogs} cogs more signed, ${amount} under nonce ${nonce}\n`,
        ),
      )
      await startClaim(client, nonce)
      await until('it tells the claim', () =>
        piped.shown.out.includes(`channel ${network.channel}: claim of ${amount} cogs under nonce ${nonce} begun\n`),
      )
      await until('the table has the new nonce', () =>
        new RegExp(`\\n\\S* *${network.channel} +${nonce + 1n} +0 `).test(withoutEscapes(screen.shown.out)),
      )
      piped.child.kill('SIGINT')
      screen.child.kill('SIGTERM')
      expect((await piped.closed)[0]).toBe(0)
      await screen.closed
      for (const line of withoutEscapes(screen.shown.out).split('\n'))
        expect(line.trimEnd().length).toBeLessThanOrEqual(100)
    } finally {
      piped.child.kill('SIGKILL')
      screen.child.kill('SIGKILL')
    }
  },
)

const withoutEscapes = (text: string): string => text.replaceAll(/\u001b\[\d+[AK]/g, '')
