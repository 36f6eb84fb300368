import { randomUUID } from 'node:crypto'
import { link, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transaction } from 'ethers'
import { messageOf, SnetError } from '../shared/errors.js'
import { makeDirectory } from '../shared/make-directory.js'
import { syncFolder, writeSynced } from '../shared/synced-file.js'
import type { Address } from '../shared/units.js'
import type { Fees } from './fees.js'

/** A signed transaction, as often as it was signed with higher fees; one of them ends up in a block. */
export interface JournalEntry {
  readonly nonce: number
  /** The same text means the same wish, whenever it is uttered again. */
  readonly intent: string
  /** For people: "deposit of 5 cogs". */
  readonly what: string
  readonly to: Address
  readonly data: string
  readonly gasLimit: bigint
  /** Oldest first, never empty. */
  readonly attempts: readonly Attempt[]
}

export interface Attempt extends Fees {
  readonly hash: string
  readonly raw: string
}

/**
 * The transactions of one account on one chain that were signed and whose end nobody has seen yet, on disk before they
 * are sent: whoever was killed meanwhile finds them again by the account's nonce, and sends nothing twice.
 */
export interface Journal {
  /** Lowest nonce first. */
  list(): Promise<JournalEntry[]>
  /** False when there is one of this nonce already. */
  add(entry: JournalEntry): Promise<boolean>
  update(entry: JournalEntry): Promise<void>
  remove(nonce: number): Promise<void>
}

const SUFFIX = '.json'

/** Error of every method: `storage-failed`. */
export function openJournal(
  directory: string,
  { chainId, address }: { readonly chainId: bigint; readonly address: Address },
): Journal {
  const prefix = `${chainId}-${address}-`
  const pathOf = (nonce: number): string => join(directory, `${prefix}${nonce}${SUFFIX}`)
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      if (cause instanceof SnetError) throw cause
      throw new SnetError('storage-failed', `transactions cannot be noted in ${directory}: ${messageOf(cause)}`, {
        hint: 'Nothing is sent without that: it is how an interrupted command goes on. --state-dir names another place.',
        cause,
      })
    }
  }
  return {
    list: () =>
      guarded(async () => {
        const names = await readdir(directory).catch(none)
        const ours = names.filter((name) => name.startsWith(prefix) && name.endsWith(SUFFIX))
        const entries = await Promise.all(ours.map((name) => readEntry(join(directory, name))))
        return entries.filter((entry) => entry !== undefined).sort((a, b) => a.nonce - b.nonce)
      }),
    add: (entry) =>
      guarded(async () => {
        await makeDirectory(directory)
        const draft = await writeDraft(pathOf(entry.nonce), entry)
        try {
          await link(draft, pathOf(entry.nonce))
          await syncFolder(directory)
          return true
        } catch (fault) {
          if ((fault as NodeJS.ErrnoException).code === 'EEXIST') return false
          throw fault
        } finally {
          await rm(draft, { force: true })
        }
      }),
    update: (entry) =>
      guarded(async () => {
        await rename(await writeDraft(pathOf(entry.nonce), entry), pathOf(entry.nonce))
        await syncFolder(directory)
      }),
    remove: (nonce) => guarded(() => rm(pathOf(nonce), { force: true })),
  }
}

function none(fault: NodeJS.ErrnoException): string[] {
  if (fault.code === 'ENOENT') return []
  throw fault
}

/** Undefined where another command has just finished it. */
async function readEntry(path: string): Promise<JournalEntry | undefined> {
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined
    throw fault
  })
  if (text === undefined) return undefined
  try {
    return decode(JSON.parse(text) as Partial<Stored>)
  } catch (cause) {
    throw new SnetError('storage-failed', `${path} cannot be read: ${messageOf(cause)}`, {
      hint: 'It holds a transaction that was sent. Look its nonce up at the account, then remove the file.',
      cause,
    })
  }
}

interface Stored extends Omit<JournalEntry, 'gasLimit' | 'attempts'> {
  readonly gasLimit: string
  readonly attempts: readonly { type: 0 | 2; price: string; tip: string; hash: string; raw: string }[]
}

const encode = (entry: JournalEntry): string =>
  JSON.stringify(entry, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2)

function decode(stored: Partial<Stored>): JournalEntry {
  if (!isWhole(stored)) throw new Error('a part is missing')
  const { gasLimit, attempts, ...entry } = stored
  // One that is sent damaged is refused by every node, for ever.
  for (const { raw, hash } of attempts) {
    const signed = Transaction.from(raw)
    if (signed.hash !== hash || signed.nonce !== entry.nonce) throw new Error('the signed transaction is damaged')
  }
  return {
    ...entry,
    gasLimit: BigInt(gasLimit),
    attempts: attempts.map((one) => ({ ...one, price: BigInt(one.price), tip: BigInt(one.tip) })),
  }
}

const isWhole = (stored: Partial<Stored>): stored is Stored =>
  [stored.intent, stored.what, stored.to, stored.data].every((part) => typeof part === 'string') &&
  stored.attempts !== undefined &&
  stored.attempts.length > 0

async function writeDraft(path: string, entry: JournalEntry): Promise<string> {
  const draft = `${path}.${randomUUID()}.new`
  await writeSynced(draft, encode(entry))
  return draft
}
