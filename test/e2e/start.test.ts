import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChild } from '../../src/sandbox/child.js'
import type { Network } from '../../src/sandbox/index.js'
import { packageRoot } from '../../src/shared/package.js'
import { runCli } from '../support/cli.js'
import { loadedPackages, tellsWhatItLoads } from '../support/loaded-packages.js'
import { openTestNetwork } from '../support/network.js'
import { type TempDir, tempDir } from '../support/temp-dir.js'

let network: Network
let temp: TempDir
beforeAll(async () => {
  temp = await tempDir()
  network = await openTestNetwork()
}, 120_000)
afterAll(async () => {
  await network?.[Symbol.asyncDispose]()
  await temp.remove()
})

/** Each of them costs a start 20 to 150 ms, and 2 to 12 MB for as long as the daemon runs. */
const ON_DEMAND = [
  ...['@grpc/grpc-js', '@grpc/proto-loader', '@grpc/reflection', 'grpc-health-check', 'etcd3', 'ethers', 'undici'],
  ...['ipfs-unixfs-importer', 'tar-stream', 'ws', '@bitauth/libauth', 'nodemailer', 'listr2', '@opentelemetry/api'],
]

test.each([['--help'], ['serve', '--help'], ['--version'], ['nonsense']])('%s %s loads no package', async (...line) => {
  const folder = join(temp.path, line.join(''))
  await runCli(line, { env: tellsWhatItLoads(folder) })
  expect([...(await loadedPackages(folder))]).toEqual([])
})

const serveOnce = async (folder: string, settings: Readonly<Record<string, string>> = {}): Promise<void> => {
  await using _daemon = await startChild({
    command: process.execPath,
    args: [join(packageRoot, 'bin', 'run.js'), 'serve', '-c', network.configFile],
    ready: /^ready (.*)/,
    env: {
      ...{ PATH: process.env['PATH'], HOME: temp.path, ...tellsWhatItLoads(folder), ...settings },
      ...{ SNET_DATA_DIR: join(temp.path, 'data'), SNET_DAEMON_ENDPOINT: '127.0.0.1:0' },
    },
  })
}

test(
  'a second start needs no metadata host, and loads nothing that is for other settings or for later',
  { timeout: 120_000 },
  async () => {
    const [first, second] = [join(temp.path, 'first'), join(temp.path, 'second')]
    await serveOnce(first)
    expect([...(await loadedPackages(first))]).toContain('ipfs-unixfs-importer')
    await serveOnce(second, { SNET_IPFS_ENDPOINT: 'http://127.0.0.1:1' })
    const loaded = await loadedPackages(second)
    expect([...loaded]).toContain('lmdb')
    expect(ON_DEMAND.filter((name) => loaded.has(name))).toEqual([])
  },
)
