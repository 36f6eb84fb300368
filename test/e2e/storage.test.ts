import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { packageRoot } from '../../src/shared/package.js'
import { runCli } from '../support/cli.js'
import { openTestNetwork } from '../support/network.js'
import { ADD, asMetadata, askState, clientOf, paymentHeaders, TWO_AND_THREE } from '../support/payer.js'
import { tempDir, type TempDir } from '../support/temp-dir.js'

let network: Network
let temp: TempDir
const inTemp = (name: string): string => join(temp.path, name)
beforeAll(async () => {
  temp = await tempDir()
  network = await openTestNetwork()
})
afterAll(async () => {
  await network?.[Symbol.asyncDispose]()
  await temp?.remove()
})

const storage = (...args: string[]) => runCli(['storage', ...args])

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await storage(...args, '--json')
  return { code, stderr, ...(JSON.parse(stdout || '{}') as Record<string, unknown>) }
}

/** The status of a call paid with `amount`. */
async function payWith(amount: bigint): Promise<number> {
  using client = clientOf(network)
  const { nonce } = await askState(network, client, network.channel)
  const metadata = asMetadata(paymentHeaders(network, { channel: network.channel, nonce, amount }))
  return (await client.call(ADD, [TWO_AND_THREE], { metadata })).code
}
const price = () => BigInt(network.priceInCogs)

async function stopDaemon(): Promise<void> {
  network.daemon.process.kill('SIGKILL')
  await network.daemon.ended
}

describe('what is kept of payments', () => {
  test(
    'is exported, merged, copied, compared and checked, with a daemon and without',
    { timeout: 240_000 },
    async () => {
      const live = ['-c', network.configFile]
      const [first, second, copied] = ['first.jsonl', 'second.jsonl', 'copied'].map(inTemp) as [string, string, string]
      expect(await payWith(price())).toBe(0)
      expect(await json('export', first, ...live)).toMatchObject({
        code: 0,
        ...{ file: first, organization: network.names.organization, mpe: network.contracts.mpe, backend: 'embedded' },
        ...{ records: { channel: 1 }, money: { signed: String(price()), claims: '0', total: String(price()) } },
      })
      expect((await stat(first)).mode & 0o777).toBe(0o600)
      const piped = await storage('export', ...live)
      const withoutTime = (text: string) => text.replace(/"time":"[^"]*"/, '')
      expect(withoutTime(piped.stdout)).toBe(withoutTime(await readFile(first, 'utf8')))
      expect(await storage('export', '-', '--json', ...live)).toMatchObject({ code: 2 })

      // An old backup does not make what was paid since buy again.
      expect(await payWith(2n * price())).toBe(0)
      expect(await json('import', first, '--dry-run', ...live)).toMatchObject({ code: 0, dry_run: true })
      expect(await json('import', first, ...live)).toMatchObject({
        code: 0,
        records: [{ record: 'channel', read: 1, added: 0, raised: 0 }],
        after: { total: String(2n * price()) },
      })
      expect(await payWith(2n * price())).not.toBe(0)
      expect(await json('check', ...live)).toMatchObject({ code: 0, checked: 1, faults: [] })
      expect(await json('verify', first, network.configFile)).toMatchObject({
        code: 8,
        same: false,
        differing: [{ record: 'channel', key: String(network.channel) }],
      })

      // While it serves, and again after its end: what it sold meanwhile comes with the second run.
      const whileLive = await storage('copy', network.configFile, copied)
      expect(whileLive).toMatchObject({ code: 0, stderr: expect.stringContaining('a daemon serves') })
      expect(await payWith(3n * price())).toBe(0)
      await stopDaemon()
      expect(await json('copy', network.dataDir, copied, '--dry-run')).toMatchObject({
        code: 0,
        before: { total: String(2n * price()) },
        after: { total: String(3n * price()) },
      })
      expect(await json('verify', network.dataDir, copied)).toMatchObject({ code: 8 })
      expect(await json('copy', network.configFile, copied)).toMatchObject({ code: 0, records: [{ raised: 1 }] })
      expect(await json('verify', network.dataDir, copied)).toMatchObject({ code: 0, same: true, differing_in_all: 0 })
      expect(await json('copy', copied, second)).toMatchObject({ code: 0, file: second })
      expect(await json('verify', second, copied)).toMatchObject({ code: 0, same: true })
      expect(await json('check', '--data-dir', copied)).toMatchObject({ code: 0, checked: 1 })

      // A daemon goes on where the other one stopped.
      const config = JSON.parse(await readFile(network.configFile, 'utf8')) as object
      await writeFile(network.configFile, JSON.stringify({ ...config, data_dir: copied }))
      await network.startDaemon()
      expect(await payWith(3n * price())).not.toBe(0)
      expect(await payWith(4n * price())).toBe(0)
      await writeFile(network.configFile, JSON.stringify(config))
      await stopDaemon()
    },
  )

  test('is refused where it does not fit, and nothing is changed', { timeout: 120_000 }, async () => {
    const [whole, cut, other, target] = ['whole.jsonl', 'cut.jsonl', 'other.jsonl', 'refused'].map(inTemp) as [
      string,
      string,
      string,
      string,
    ]
    await storage('export', whole, '--data-dir', network.dataDir)
    const text = await readFile(whole, 'utf8')
    await writeFile(cut, text.split('\n').slice(0, -2).join('\n'))
    await writeFile(other, text.replace(/"network":"[^"]*"/, '"network":"another"'))
    const refused = (said: string) => ({ code: 2, stdout: '', stderr: expect.stringContaining(said) })
    expect(await storage('import', cut, '--data-dir', target)).toMatchObject(refused('its last line is missing'))
    expect(await storage('import', other, '--data-dir', network.dataDir)).toMatchObject(refused('network another → '))
    expect(await storage('import', other, '-c', network.configFile)).toMatchObject(refused('network another → '))
    expect(await storage('import', network.configFile, '--data-dir', target)).toMatchObject(refused('no export'))
    expect(await storage('copy', network.configFile, network.configFile)).toMatchObject(refused('are one store'))
    expect(await storage('copy', network.configFile, inTemp('absent.json'))).toMatchObject({ code: 6 })
    expect(await storage('export', inTemp('no/such/place'), '--data-dir', network.dataDir)).toMatchObject({ code: 3 })
    expect(await storage('check', '--data-dir', inTemp('nothing'))).toMatchObject({ code: 6 })
    // Nothing has been merged into it, so that it takes another identity's.
    expect(await json('import', other, '--data-dir', target)).toMatchObject({ code: 0, records: [{ added: 1 }] })
  })

  test('an import that was killed in the middle is finished by the next one', { timeout: 120_000 }, async () => {
    const [file, target] = [inTemp('many.jsonl'), inTemp('many')] as [string, string]
    await writeManyChannels(file, 11_000)
    const args = [join(packageRoot, 'bin/run.js'), 'storage', 'import', file, '--data-dir', target]
    const killed = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    for await (const line of createInterface({ input: killed.stderr }))
      if (line.startsWith('merged: 10000 records')) killed.kill('SIGKILL')
    if (killed.exitCode === null && killed.signalCode === null) await once(killed, 'close')
    expect(killed.signalCode).toBe('SIGKILL')
    const again = await json('import', file, '--data-dir', target)
    const [{ added } = { added: 0 }] = again['records'] as { added: number }[]
    expect(again['code']).toBe(0)
    expect(added).toBeLessThan(11_000)
    expect(await json('verify', file, target)).toMatchObject({ code: 0, same: true })
  })
})

/** An export of so many channels on which nothing was paid yet. */
async function writeManyChannels(file: string, count: number): Promise<void> {
  const exported = (await storage('export', '--data-dir', network.dataDir)).stdout.trim().split('\n')
  const [head = '', one = ''] = exported
  const channel = { ...(JSON.parse(one) as object), nonce: '0', authorized: '0', signature: '' }
  const records = Array.from({ length: count }, (_none, id) =>
    JSON.stringify({ ...channel, key: String(id), id: String(id) }),
  )
  const end = JSON.stringify({ end: true, records: { channel: count }, signed: '0', claims: '0', total: '0' })
  await writeFile(file, [head, ...records, end, ''].join('\n'))
}
