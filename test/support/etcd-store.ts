import { randomUUID } from 'node:crypto'
import type { Log } from '../../src/daemon/observability/index.js'
import { openStorage, type EtcdSettings, type Storage } from '../../src/daemon/storage/index.js'
import type { Address } from '../../src/shared/units.js'
import { type CutProxy, startCutProxy } from './cut-proxy.js'
import type { Etcd } from './etcd.js'
import { quietLog } from './quiet-log.js'
import { tempDir } from './temp-dir.js'

/** A payment group of its own in an etcd. */
export const aGroup = () => ({ network: 'local', organization: 'org', group: randomUUID(), mpe: '0xEE' })

/** One daemon's store, over a way to etcd that can break. */
export interface EtcdStore {
  readonly store: Storage
  readonly proxy: CutProxy
  readonly path: string
}

/** Everything that is opened here ends with it, also what was never closed. */
export function etcdStores(
  etcd: () => Etcd,
  { log = {}, ...settings }: Partial<EtcdSettings> & { readonly log?: Partial<Log> } = {},
) {
  const opened: EtcdStore[] = []
  const directories: AsyncDisposable[] = []
  const newDirectory = async (): Promise<string> => {
    const directory = await tempDir()
    directories.push(directory)
    return directory.path
  }
  return {
    async open(identity = aGroup(), path?: string, changes: Partial<EtcdSettings> = {}): Promise<EtcdStore> {
      const proxy = await startCutProxy(new URL(etcd().endpoint).host)
      const directory = path ?? (await newDirectory())
      const store = await openStorage(
        {
          type: 'etcd',
          etcd: { ...SETTINGS, endpoints: [`http://${proxy.endpoint}`], ...settings, ...changes },
          dataDir: { path: directory },
          identity,
        },
        { log: { ...quietLog(), ...log } },
      )
      const one = { store, proxy, path: directory }
      opened.push(one)
      return one
    },
    find: (store: Storage): EtcdStore => opened.find((one) => one.store === store) as EtcdStore,
    async closeAll(): Promise<void> {
      await Promise.all(
        opened.splice(0).map(async ({ store, proxy }) => {
          await proxy[Symbol.asyncDispose]()
          await store[Symbol.asyncDispose]()
        }),
      )
      await Promise.all(directories.splice(0).map((directory) => directory[Symbol.asyncDispose]()))
    },
  }
}

const SETTINGS: EtcdSettings = {
  endpoints: [],
  tls: {},
  auth: undefined,
  connectionTimeoutMs: 20_000,
  requestTimeoutMs: 8_000,
  leaseSeconds: 4,
  toAddress: (text) => text as Address,
}
