import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { RootDatabase } from 'lmdb'
import { messageOf } from '../../shared/errors.js'
import { causeOf, Damaged, openLmdb } from '../data-dir/index.js'
import type { Log } from '../observability/index.js'

/** What is to be sent, as text, in the order in which it came. */
export interface Letters {
  /** Numbers of those that are kept, oldest first. */
  numbers(): number[]
  read(number: number): string | undefined
  /** All of it or nothing, durable once it resolves. */
  write(change: { readonly add: readonly Letter[]; readonly remove: readonly number[] }): Promise<void>
}

export interface Letter {
  readonly number: number
  readonly text: string
}

/** Some words that are kept beside the letters. */
export interface Notes {
  read(): string | undefined
  write(text: string): Promise<void>
}

export interface OutboxStore extends AsyncDisposable {
  letters(name: string): Letters
  notes(name: string): Notes
}

/** The widest whole number: text of this width sorts as the numbers do. */
const DIGITS = 16

/**
 * Opens the store of what is to be sent, in the data directory and beside the payments: it shares no file with them. One
 * that is damaged is put aside, as what it holds is worth less than a daemon that serves. Error: `storage-failed`.
 */
export async function openOutboxStore(dataDir: string, { log }: { readonly log: Log }): Promise<OutboxStore> {
  const folder = join(dataDir, 'outbox')
  const open = () => openLmdb<string, string>(folder, { encoding: 'string' }, 'Remove it.')
  const db = await open().catch(async (fault: Error) => {
    if (!(fault.cause instanceof Damaged)) throw fault
    const aside = `${folder}.damaged-${Date.now()}`
    await rename(folder, aside)
    log.error('reports and alerts that were not sent yet are lost: their store is damaged, and put aside', {
      reason: messageOf(fault.cause),
      aside,
    })
    return await open()
  })
  return {
    letters: (name) => lettersIn(db, `letter/${name}/`),
    notes: (name) => ({
      read: () => db.get(`notes/${name}`),
      write: (text) => transact(db, () => void db.put(`notes/${name}`, text)),
    }),
    [Symbol.asyncDispose]: () => db.close(),
  }
}

function lettersIn(db: RootDatabase<string, string>, prefix: string): Letters {
  const keyOf = (number: number): string => `${prefix}${String(number).padStart(DIGITS, '0')}`
  return {
    numbers: () =>
      [...db.getKeys({ start: prefix, end: `${prefix}:` })].map((key) => Number(String(key).slice(prefix.length))),
    read: (number) => db.get(keyOf(number)),
    write: ({ add, remove }) =>
      transact(db, () => {
        for (const { number, text } of add) void db.put(keyOf(number), text)
        for (const number of remove) void db.remove(keyOf(number))
      }),
  }
}

async function transact(db: RootDatabase<string, string>, change: () => void): Promise<void> {
  await db.transaction(change).catch(async (fault: unknown) => {
    throw await causeOf(fault)
  })
}
