import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { type CliResult, runCli } from '../support/cli.js'
import { openTestNetwork } from '../support/network.js'
import { outputFaults } from '../support/output-schema.js'

let network: Network
let providerKey: string
beforeAll(async () => {
  network = await openTestNetwork()
  providerKey = join(network.directory, 'provider.key')
  await writeFile(providerKey, network.owner.key, { mode: 0o600 })
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
