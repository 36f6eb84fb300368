import { SnetError } from '../../../shared/errors.js'
import type { InfraStore } from '../contract/store.js'
import { metaPart } from './meta.js'
import { Names } from './names.js'
import { receivedPart } from './received.js'
import { sendsPart } from './sends.js'
import { openTables, type Tables } from './tables.js'
import { GroupCommit } from './writer.js'

/** The version that this writes. It also reads stores without a number, which the first versions wrote. */
const VERSION = 2

/** The state of the control daemon: an LMDB environment of its own in data_dir. Error: `storage-failed`. */
export async function openInfraStore(dataDir: string): Promise<InfraStore> {
  const tables = await openTables(dataDir)
  await refuseNewer(tables, dataDir)
  const names = new Names(tables.meta)
  const commits = new GroupCommit(tables.root, { before: () => names.save(), after: () => names.onSaved() })
  const boot = await nextBoot(tables, commits)
  const { readSpans, markSent, findMark, clear: forgetReceived, ...received } = receivedPart({ tables, names, commits })
  const sends = sendsPart({ tables, names, commits, marks: { markSent, findMark }, boot })
  const { resume, close, ...meta } = metaPart({ tables, names, commits, readSpans })
  resume()
  return {
    ...meta,
    ...received,
    ...sends,
    flush: () => commits.flush(),
    async clear() {
      const runs = meta.readRuns().length
      names.clear()
      forgetReceived()
      await commits.add(() => wipe(tables, names, boot), { urgent: true })
      return runs
    },
    async [Symbol.asyncDispose]() {
      await close()
      await commits.close()
      await tables.root.close()
    },
  }
}

/** Error: `storage-failed` for the store of a later version: this one would lose records that it does not know. */
async function refuseNewer({ meta, root }: Tables, dataDir: string): Promise<void> {
  const version = Number(meta.get('version') ?? '1')
  if (version <= VERSION) return
  await root.close()
  throw new SnetError(
    'storage-failed',
    `the control daemon's store in ${dataDir} is of version ${version}, this snetd knows versions up to ${VERSION}`,
    { hint: 'A newer snetd has written it. Use that one, or another data_dir.' },
  )
}

async function nextBoot({ meta }: Tables, commits: GroupCommit): Promise<number> {
  const boot = Number(meta.get('boot') ?? '0') + 1
  const write = (): void => {
    void meta.put('boot', String(boot))
    void meta.put('version', String(VERSION))
  }
  await commits.add(write, { urgent: true })
  return boot
}

/** To be called in a transaction. */
function wipe(tables: Tables, names: Names, boot: number): void {
  const { meta, ids, received, spans, sent, open, acks, counts } = tables
  for (const table of [meta, ids, received, spans, sent, open, acks, counts]) table.clearSync()
  void meta.put('boot', String(boot))
  void meta.put('version', String(VERSION))
  names.saveAll()
}
