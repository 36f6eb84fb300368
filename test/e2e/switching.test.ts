import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { packageRoot } from '../../src/shared/package.js'
import { runCli } from '../support/cli.js'
import { type Etcd, startEtcd } from '../support/etcd.js'
import { openTestNetwork } from '../support/network.js'
import { ADD, asMetadata, askState, clientOf, paymentHeaders, TWO_AND_THREE } from '../support/payer.js'

let network: Network
let etcd: Etcd
beforeAll(async () => {
  etcd = await startEtcd()
  network = await openTestNetwork({
    config: {
      payment_channel_storage_type: 'etcd',
      payment_channel_storage_client: { endpoints: [etcd.endpoint], connection_timeout: '5s', request_timeout: '5s' },
    },
  })
}, 120_000)
afterAll(async () => {
  await network?.[Symbol.asyncDispose]()
  await etcd?.[Symbol.asyncDispose]()
})

async function payWith(amount: bigint): Promise<number> {
  using client = clientOf(network)
  const { nonce } = await askState(network, client, network.channel)
  const metadata = asMetadata(paymentHeaders(network, { channel: network.channel, nonce, amount }))
  return (await client.call(ADD, [TWO_AND_THREE], { metadata })).code
}

async function stopDaemon(): Promise<void> {
  network.daemon.process.kill('SIGTERM')
  await network.daemon.ended
}

/** What docs/switching.md has its reader type, in its order. */
async function typedLines(): Promise<string[]> {
  const page = await readFile(join(packageRoot, 'docs/switching.md'), 'utf8')
  return [...page.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
}

test(
  'the page is followed onto one host and back: no payment is lost, none buys twice',
  { timeout: 300_000 },
  async () => {
    const price = BigInt(network.priceInCogs)
    const serving = JSON.parse(await readFile(network.configFile, 'utf8')) as Record<string, unknown>
    const [oldFile, newFile] = ['old.config.json', 'snetd.config.json'].map((name) => join(network.directory, name))
    const newConfig = { ...serving, payment_channel_storage_type: 'embedded', data_dir: join(network.directory, 'one') }
    await writeFile(oldFile as string, JSON.stringify(serving))
    expect(await payWith(price)).toBe(0)
    const lines = await typedLines()
    expect(lines.length).toBe(8)
    let [file, paid] = [oldFile as string, 1n]
    for (const line of lines) {
      const [program, ...args] = line.split(' ')
      expect(program).toBe('snetd')
      if (line.startsWith('snetd storage copy') && !line.endsWith('--dry-run')) await stopDaemon()
      if (line.startsWith('snetd serve')) {
        file = newFile as string
        await startWith(newConfig)
        // What was paid before buys nothing again, and the next amount does.
        expect(await payWith(paid * price)).not.toBe(0)
        expect(await payWith(++paid * price)).toBe(0)
        continue
      }
      if (line === lines[0]) await writeFile(newFile as string, JSON.stringify(newConfig))
      const done = await runCli(args, { cwd: network.directory })
      expect({ line, ...done }).toMatchObject({ line, code: 0 })
    }
    expect(file).toBe(newFile)
    await startWith(serving)
    expect(await payWith(paid * price)).not.toBe(0)
    expect(await payWith(++paid * price)).toBe(0)
  },
)

/** The daemon of this network with these settings. */
async function startWith(config: object): Promise<void> {
  await writeFile(network.configFile, JSON.stringify(config))
  await network.startDaemon()
}
