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

async function payWith(amount: bigint, channel = network.channel): Promise<number> {
  using client = clientOf(network)
  const { nonce } = await askState(network, client, channel)
  const metadata = asMetadata(paymentHeaders(network, { channel, nonce, amount }))
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

test(
  'from one host into an etcd with the same data_dir: the old store is sold from no more',
  { timeout: 120_000 },
  async () => {
    const price = BigInt(network.priceInCogs)
    const inEtcd = JSON.parse(await readFile(network.configFile, 'utf8')) as Record<string, unknown>
    const group = { ...inEtcd, data_dir: join(network.directory, 'grown') }
    const oneHost = { ...group, payment_channel_storage_type: 'embedded' }
    const files = { group, 'one-host': oneHost }
    for (const [name, config] of Object.entries(files))
      await writeFile(join(network.directory, `${name}.json`), JSON.stringify(config))
    const copy = async (...args: string[]) => await runCli(['storage', 'copy', ...args], { cwd: network.directory })
    const channel = await network.openChannel()
    await stopDaemon()
    await startWith(oneHost)
    expect(await payWith(price, channel)).toBe(0)
    expect(await copy('one-host.json', 'group.json', '--retire')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('a daemon serves one-host.json') as string,
    })

    await stopDaemon()
    expect(await copy('one-host.json', 'group.json', '--retire')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('no daemon sells from one-host.json any more') as string,
    })
    await startWith(group)
    expect(await payWith(price, channel)).not.toBe(0)
    expect(await payWith(2n * price, channel)).toBe(0)
    await stopDaemon()
    expect(await runCli(['serve', '-c', 'one-host.json'], { cwd: network.directory })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/were moved to the store of group\.json \(etcd\)/) as string,
    })
    expect(await copy('group.json', 'one-host.json')).toMatchObject({ code: 0 })
  },
)

/** The daemon of this network with these settings. */
async function startWith(config: object): Promise<void> {
  await writeFile(network.configFile, JSON.stringify(config))
  await network.startDaemon()
}
