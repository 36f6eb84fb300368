import { setImmediate } from 'node:timers/promises'
import { CHANNEL_TEXT, CLAIM_TEXT } from '../storage/index.js'
import { endLine, headLine, recordLine } from './lines.js'
import type { OpenStore } from './open-store.js'
import { Tally } from './tally.js'

/**
 * Everything that is kept, a line each: channels before their claims, so that whoever imports knows the channel of a claim.
 * Error: `storage-failed` naming a record that cannot be read, unless those are left out.
 */
export async function* exportLines(
  { storage, identity, tables, toAddress, now }: OpenStore,
  { skipDamaged }: { readonly skipDamaged: boolean },
): AsyncGenerator<string> {
  const tally = new Tally()
  const onDamage = skipDamaged ? () => tally.row('damaged') : undefined
  yield headLine({ ...identity, backend: storage.backend, time: new Date(now()).toISOString() })
  for await (const record of storage.channels.list(onDamage)) {
    tally.channel(record)
    const { sender, signer, recipient } = record
    const spelled = { sender: toAddress(sender), signer: toAddress(signer), recipient: toAddress(recipient) }
    yield recordLine('channel', String(record.id), CHANNEL_TEXT.encode({ ...record, ...spelled }))
  }
  await setImmediate()
  for await (const claim of storage.channels.listClaims(onDamage)) {
    tally.claim(claim)
    yield recordLine('claim', `${claim.channel}/${claim.nonce}`, CLAIM_TEXT.encode(claim))
  }
  for (const table of tables) {
    for await (const { key, fields } of table.list(storage, onDamage)) {
      tally.row(table.name)
      yield recordLine(table.name, key, fields)
    }
  }
  yield endLine(tally.end)
}
