import { setImmediate } from 'node:timers/promises'
import type { StorageFaultMessage, StorageFaultsMessage } from '../../shared/wire/index.js'
import type { DamageListener } from '../payments/ports.js'
import type { Fault } from './judge.js'
import type { OpenStore } from './open-store.js'

/** How many records are looked at before what was found is told, and others have a turn. */
const PART = 200

/** Every record that breaks a rule, with its key and what to do; the last part says how many were looked at. */
export async function* checkRecords(store: OpenStore): AsyncGenerator<StorageFaultsMessage> {
  const found: StorageFaultMessage[] = []
  let checked = 0
  for await (const fault of judgeAll(store)) {
    checked += 1
    if (fault) found.push(fault)
    if (checked % PART !== 0) continue
    yield { faults: found.splice(0), checked: String(checked) }
    await setImmediate()
  }
  yield { faults: found, checked: String(checked) }
}

/** A record each: undefined where nothing is wrong with it. */
async function* judgeAll(store: OpenStore): AsyncGenerator<StorageFaultMessage | undefined> {
  const { storage, judge, tables } = store
  const damaged: StorageFaultMessage[] = []
  const hear =
    (record: string): DamageListener =>
    ({ key, fault }) =>
      damaged.push({ record, key, fault: fault.message, cure: DAMAGED })
  for await (const record of storage.channels.list(hear('channel'))) {
    yield told('channel', String(record.id), judge.ofChannel(record))
    yield* damaged.splice(0)
  }
  for await (const claim of storage.channels.listClaims(hear('claim'))) {
    const record = await storage.channels.read(claim.channel).catch(() => undefined)
    yield told('claim', `${claim.channel}/${claim.nonce}`, judge.ofClaim(claim, record))
    yield* damaged.splice(0)
  }
  for (const table of tables) {
    for await (const { key, fault } of table.list(storage, hear(table.name))) {
      yield told(table.name, key, fault)
      yield* damaged.splice(0)
    }
  }
  yield* damaged
}

const DAMAGED =
  'Stop the daemon and keep a copy of its data_dir. Then put the newest backup in its place, or copy the rest to another store with --skip-damaged.'

const told = (record: string, key: string, fault: Fault | undefined): StorageFaultMessage | undefined =>
  fault && { record, key, ...fault }
