import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encryptKeystoreJson } from 'ethers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePaidCalls, type Network } from '../../src/sandbox/index.js'
import { packageRoot } from '../../src/shared/package.js'
import { openCollector, openSender, planClaims, readBalances } from '../../src/wallet/index.js'
import { type CliResult, runCli } from '../support/cli.js'
import { openTestNetwork } from '../support/network.js'
import { outputFaults } from '../support/output-schema.js'
import { startStandInSigner } from '../support/stand-in-signer.js'
import { until } from '../support/until.js'

let network: Network
let providerKey: string
beforeAll(async () => {
  network = await openTestNetwork()
  providerKey = join(network.directory, 'provider.key')
}, 60_000)
afterAll(() => network?.[Symbol.asyncDispose]())

/** A command in the network's directory, with its config file and the client's or the provider's key. */
const run = (who: 'client' | 'provider', ...args: string[]): Promise<CliResult> =>
  runCli([...args, '-c', network.configFile, '--key-file', who === 'client' ? network.keyFile : providerKey], {
    env: { XDG_STATE_HOME: join(network.directory, 'state') },
  })

/** What it says to a program, which has to be as the schema says. */
async function ask(who: 'client' | 'provider', id: string, ...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await run(who, ...id.split(':'), ...args, '--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const value = JSON.parse(stdout) as Record<string, unknown>
  expect(outputFaults(id, value)).toEqual([])
  return value
}

describe('a payer', () => {
  test('deposits, opens a channel once, funds and extends it, and takes back what is left', async () => {
    const { organization, service } = network.names
    const deposit = await ask('client', 'account:deposit', '5000')
    expect(deposit['balances']).toMatchObject({ deposited: '5000', symbol: 'AGIX', decimals: 8 })

    const opened = await ask('client', 'channel:open', organization, service, '4000', '--another')
    expect(opened).toMatchObject({ value: '4000', transaction: { found_again: false } })
    const { channel } = opened as { channel: string }
    const again = await ask('client', 'channel:open', organization, service, '3000')
    expect(again).toMatchObject({ transaction: null })

    expect(await ask('client', 'channel:fund', channel, '500')).toMatchObject({ channel, value: '4500' })
    const longer = await ask('client', 'channel:extend', channel, '--for', '20000000')
    expect(BigInt(longer['expiration'] as string)).toBeGreaterThan(BigInt(opened['expiration'] as string))
    expect(await ask('client', 'channel:extend', channel, '--for', '5')).toMatchObject({ transaction: null })

    expect(await ask('client', 'account:withdraw', 'all')).toMatchObject({ balances: { deposited: '0' } })
    expect(await ask('client', 'account:withdraw', 'all')).toMatchObject({ transaction: null })
    const shown = await run('client', 'account', 'show')
    expect(shown.stdout).toMatch(/^account {3}0x[0-9a-fA-F]{40}\nwallet {4}\d+ cogs \([\d.]+ AGIX\)\nescrow {4}0 cogs/)
    const named = await runCli(['account', 'show', network.client.address, '-c', network.configFile])
    expect(named.stdout).toBe(shown.stdout)
  }, 120_000)

  test.each([
    ['an amount that is none', ['account', 'deposit', '1.5'], 2, 'AMOUNT must be a whole number, not "1.5"'],
    ['more than there is', ['account', 'withdraw', '7'], 5, 'has 0 cogs at the escrow contract, 7 are wanted'],
    ['a channel that there is none of', ['channel', 'fund', '99', '1'], 6, 'there is no channel 99'],
    [
      'a span that is none',
      ['channel', 'extend', '0', '--for', 'soon'],
      2,
      'neither a number of blocks nor a duration',
    ],
    [
      'an escrow that is none',
      ['account', 'show', '--escrow', `0x${'12'.repeat(20)}`],
      6,
      'there is no escrow contract',
    ],
  ])('%s is told', async (_name, args, code, text) => {
    const result = await run('client', ...args)
    expect(result).toMatchObject({ code, stdout: '' })
    expect(result.stderr).toContain(text)
  })
})

/** What a claim says; both with and without --dry-run. */
interface Claimed {
  readonly amount: string
  readonly claimed: readonly { readonly begun_before: boolean; readonly sent_back: string }[]
  readonly transactions: readonly { readonly found_again: boolean }[]
  readonly deposited: string
}
const claim = async (...args: string[]): Promise<Claimed> =>
  (await ask('provider', 'claim', '--yes', ...args)) as unknown as Claimed
const deposited = async (): Promise<bigint> =>
  (await readBalances(network.provider, network.contracts.mpe, network.owner.address)).deposited
/** Three calls of 10 cogs. */
const pay = () => makePaidCalls(network)

/** What is shown to whoever answers the question so, and the code at the end. */
async function answerOnTerminal(args: readonly string[], answer: string, env: Readonly<Record<string, string>>) {
  const words = [process.execPath, join(packageRoot, 'bin/run.js'), ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['-qec', words, '/dev/null'], { env: { ...process.env, ...env }, stdio: 'pipe' })
  let shown = ''
  child.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()))
  const closed = once(child, 'close') as Promise<[number | null]>
  await until('it asks', () => shown.includes('Claim it? [y/N] '))
  child.stdin.write(`${answer}\n`)
  const [code] = await closed
  return { code, shown }
}

describe('a provider', () => {
  test('collects what was paid and withdraws it, once; the next call goes on under the next nonce', async () => {
    await pay()
    const shown = await run('provider', 'channel', 'claim', '--all', '--dry-run')
    expect(shown.stdout).toMatch(
      /^channel +nonce +cogs +expires in +break-even \(ether\) +state\n.*\n +0 +0 +30 .* new$/m,
    )
    expect(await run('provider', 'claim', '--all')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes agrees beforehand'),
    })
    expect(await claim('--all')).toMatchObject({ amount: '30', claimed: [{ begun_before: false }], deposited: '30' })
    expect(await claim('0')).toMatchObject({ amount: '0', claimed: [], transactions: [], deposited: '30' })
    const { balances } = await ask('provider', 'account:withdraw', 'all')
    expect(balances).toMatchObject({ wallet: '30', deposited: '0' })
    const [next] = await pay()
    expect(next?.payment).toMatchObject({ nonce: 1n, amountBefore: 0n })
  }, 120_000)

  test('who was killed after the daemon had begun collects at the next run', async () => {
    const before = await deposited()
    using sender = await openSender({
      rpc: network.rpc,
      account: { variable: 'key', value: network.owner.key },
      journalDir: join(network.directory, 'elsewhere'),
    })
    const config = { network: network.address, name: network.names, endpoint: undefined }
    using collector = await openCollector(sender, config)
    const wanted = { channels: undefined, minAmount: 1n as never, expiringWithin: undefined, sendback: false }
    const [planned] = (await planClaims(collector, wanted)).claims
    await collector.control.start(planned?.channel as never, planned?.nonce as never, { sendback: false })
    await pay()
    // What was begun, and what was paid since, under the next nonce.
    const { amount, claimed } = await claim('--all')
    expect(amount).toBe('60')
    expect(claimed.map(({ begun_before }) => begun_before)).toEqual([true, false])
    expect((await deposited()) - before).toBe(60n)
  }, 120_000)

  test('who was killed after the transaction was sent finds it at the next run, and collects once', async () => {
    await pay()
    const before = await deposited()
    await network.provider.send('evm_setAutomine', [false])
    const child = spawn(
      process.execPath,
      [join(packageRoot, 'bin/run.js'), 'claim', '--all', '--yes', '-c', network.configFile, '--key-file', providerKey],
      { stdio: 'ignore', env: { ...process.env, XDG_STATE_HOME: join(network.directory, 'state') } },
    )
    await until('its transaction waits for a block', async () => {
      const { pending } = (await network.provider.send('txpool_status', [])) as { pending: string }
      return BigInt(pending) === 1n
    })
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await deposited()).toBe(before)
    await network.provider.send('evm_setAutomine', [true])
    await network.provider.send('evm_mine', [])
    const { stderr, code } = await run('provider', 'claim', '--all', '--yes')
    expect(stderr).toMatch(/^Going on with the claim of 30 cogs on channel 0 of an interrupted command: 0x/)
    expect(code).toBe(0)
    expect((await deposited()) - before).toBe(30n)
  }, 120_000)

  test('whose claim a reorganisation took back collects it again, and once', async () => {
    await pay()
    const before = await deposited()
    const snapshot = (await network.provider.send('evm_snapshot', [])) as string
    expect(await claim('--all')).toMatchObject({ amount: '30' })
    expect(await network.provider.send('evm_revert', [snapshot])).toBe(true)
    await network.provider.send('anvil_mine', ['0x4'])
    expect(await deposited()).toBe(before)
    expect(await claim('--all')).toMatchObject({ amount: '30', claimed: [{ begun_before: true }] })
    expect((await deposited()) - before).toBe(30n)
    expect(await claim('--all')).toMatchObject({ amount: '0' })
    await pay()
  }, 120_000)

  test('collects with a keystore and through a signer, and is asked on a terminal', async () => {
    await claim('--all')
    const before = await deposited()
    const inDirectory = (name: string): string => join(network.directory, name)
    const { address, key } = network.owner
    const text = await encryptKeystoreJson({ address, privateKey: key }, 'word', { scrypt: { N: 1024, r: 8, p: 1 } })
    await writeFile(inDirectory('keystore.json'), text, { mode: 0o600 })
    await writeFile(inDirectory('password'), 'word\n', { mode: 0o600 })
    await using signer = await startStandInSigner(key)
    const claiming = ['claim', '--all', '-c', network.configFile]
    const env = { XDG_STATE_HOME: inDirectory('state') }
    await pay()
    const keystore = ['--keystore', inDirectory('keystore.json'), '--password-file', inDirectory('password')]
    expect(await runCli([...claiming, '--yes', ...keystore], { env })).toMatchObject({ code: 0 })
    expect((await deposited()) - before).toBe(30n)
    await pay()
    const onTerminal = [...claiming, '--signer', signer.url]
    expect(await answerOnTerminal(onTerminal, 'n', env)).toMatchObject({
      code: 130,
      shown: expect.stringContaining('Nothing was sent.'),
    })
    expect((await deposited()) - before).toBe(30n)
    expect(await answerOnTerminal(onTerminal, 'y', env)).toMatchObject({ code: 0 })
    expect((await deposited()) - before).toBe(60n)
    expect(signer.methods).toContain('eth_signTransaction')
    await pay()
  }, 120_000)

  test('collects many channels in one transaction, and sends back what is left', async () => {
    const open = async (): Promise<string> => String(await network.openChannel({ value: 100n }))
    const channels = [await open(), await open()]
    for (const channel of channels) {
      const { organization, service } = network.names
      await ask('client', 'call', organization, service, 'add', '--channel', channel)
    }
    const { transactions, claimed } = await claim(...channels, '--sendback')
    expect(transactions).toHaveLength(1)
    expect(claimed.map(({ sent_back }) => sent_back)).toEqual(['90', '90'])
    const spent = await run(
      'client',
      'call',
      network.names.organization,
      network.names.service,
      'add',
      '--channel',
      channels[0] as string,
    )
    expect(spent).toMatchObject({ code: 5, stdout: '' })
  }, 120_000)

  test.each([
    ['with the key of somebody else', 'client', ['claim', '--all'], 4, 'and this key is that of'],
    ['without saying which', 'provider', ['claim'], 2, 'which channels'],
    ['a channel that there is none of', 'provider', ['claim', '99', '--yes'], 6, 'there is no channel 99'],
    ['for gas that is too cheap', 'provider', ['claim', '0', '--yes', '--max-fee', '0.000000001'], 5, 'gas costs'],
  ] as const)('%s nothing is claimed', async (_name, who, args, code, text) => {
    const result = await run(who, ...args)
    expect(result).toMatchObject({ code })
    expect(result.stderr).toContain(text)
  })
})
