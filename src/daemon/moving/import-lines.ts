import { messageOf, SnetError } from '../../shared/errors.js'
import type { ImportStorageReplyMessage } from '../../shared/wire/index.js'
import type { Address } from '../../shared/units.js'
import type { ChannelRecord, PendingClaim } from '../payments/index.js'
import { CHANNEL_TEXT, CLAIM_TEXT, fieldsOf } from '../storage/index.js'
import { Findings } from './findings.js'
import { type End, type Head, type Line, parseHead, parseLine } from './lines.js'
import { type Merged, mergeChannelIn, mergeClaimIn } from './merge-in.js'
import type { OpenStore } from './open-store.js'
import { type Place, realPlace, Rehearsal } from './place.js'
import { Pool } from './pool.js'
import { readMoney, Tally } from './tally.js'

/** Writes that are under way at a time: they share transactions, and a store on disk syncs once for all of them. */
const AT_ONCE = 64
/** Claims that come before their channels wait for them. Exports have them after. */
const MOST_WAITING = 10_000

/**
 * Merges an export in. Every record is merged by itself and only ever raises what is kept, so an import that was cut off
 * is finished by another one. Errors: `invalid-request` for what is no whole export, and for another identity's.
 */
export async function importLines(
  store: OpenStore,
  lines: AsyncIterable<string>,
  { dryRun }: { readonly dryRun: boolean },
): Promise<ImportStorageReplyMessage> {
  const run = new Import(store, dryRun)
  const before = await readMoney(store.storage)
  const reader = lines[Symbol.asyncIterator]()
  try {
    const first = await reader.next()
    requireIdentity(store.identity, parseHead(first.done ? undefined : first.value))
    for (let next = await reader.next(); !next.done; next = await reader.next()) await run.take(next.value)
    await run.finish()
  } finally {
    await reader.return?.()
  }
  const after = run.rehearsal
    ? { signed: before.signed + run.rehearsal.gained.signed, claims: before.claims + run.rehearsal.gained.claims }
    : await readMoney(store.storage)
  return run.findings.reply(before, after)
}

class Import {
  readonly findings = new Findings()
  readonly rehearsal: Rehearsal | undefined
  readonly #store: OpenStore
  readonly #place: Place
  readonly #dryRun: boolean
  readonly #pool = new Pool(AT_ONCE)
  readonly #came = new Tally()
  readonly #waiting: PendingClaim[] = []
  #line = 1
  #last: string | undefined
  #end: End | undefined

  constructor(store: OpenStore, dryRun: boolean) {
    this.#store = store
    this.#dryRun = dryRun
    this.rehearsal = dryRun ? new Rehearsal(store.storage.channels) : undefined
    this.#place = this.rehearsal ?? realPlace(store.storage.channels, store.holdWaitMs)
  }

  async take(text: string): Promise<void> {
    this.#line += 1
    if (text.trim() === '') return
    const line = parseLine(text)
    if (!line || this.#end) throw this.#damaged(line ? 'it comes after the end' : 'it is no record')
    if (line.is === 'end') this.#end = line.end
    else await this.#takeRecord(line)
  }

  /** Error: `invalid-request` where the end is missing or counts what has not come. */
  async finish(): Promise<void> {
    await this.#pool.settle()
    for (const claim of this.#waiting.splice(0)) await this.#claim(claim, { mayWait: false })
    await this.#pool.settle()
    if (!this.#end) {
      throw new SnetError('invalid-request', 'the export was cut: its last line is missing', { hint: WHOLE })
    }
    const { records, signed, claims } = this.#came.end
    const differing = Object.entries(this.#end.records).find(
      ([record, count]) => record !== 'damaged' && count !== (records[record] ?? 0),
    )
    if (differing) {
      const [record, count] = differing
      const text = `the export counts ${count} records of "${record}", but has ${records[record] ?? 0}`
      throw new SnetError('invalid-request', text, { hint: WHOLE })
    }
    const { signed: wasSigned, claims: wereClaims } = this.#end
    if (signed === wasSigned && claims === wereClaims) return
    const text = `the export ends with a total of ${wasSigned + wereClaims} cogs, but has ${signed + claims}`
    throw new SnetError('invalid-request', text, { hint: WHOLE })
  }

  async #takeRecord(line: Extract<Line, { is: 'record' }>): Promise<void> {
    // Claims are judged by their channels, which therefore have to be there.
    if (line.record !== this.#last) await this.#pool.settle()
    this.#last = line.record
    if (line.record === 'channel') {
      const came = this.#parse(line, () => this.#readChannel(line))
      this.#came.channel(came)
      return await this.#add(line, () => mergeChannelIn(this.#place, this.#store.judge, came))
    }
    if (line.record === 'claim') {
      const came = this.#parse(line, () => CLAIM_TEXT.decode(fieldsOf(line.raw)))
      this.#came.claim(came)
      return await this.#claim(came, { mayWait: true })
    }
    const table = this.#store.tables.find(({ name }) => name === line.record)
    if (!table) throw this.#damaged(`"${line.record}" is no kind of record that this version knows`)
    const row = this.#parse(line, () => table.parse(line.key, line.raw))
    this.#came.row(line.record)
    await this.#add(line, async () => {
      if (row.fault) return { outcome: 'left out', fault: row.fault }
      return { outcome: await row.importInto(this.#store.storage, { dryRun: this.#dryRun }) }
    })
  }

  async #claim(came: PendingClaim, { mayWait }: { readonly mayWait: boolean }): Promise<void> {
    if (mayWait && !(await this.#place.read(came.channel))) {
      if (this.#waiting.length === MOST_WAITING) throw this.#damaged('too many claims come before their channels')
      this.#waiting.push(came)
      return
    }
    const at = { record: 'claim', key: `${came.channel}/${came.nonce}` }
    await this.#add(at, () => mergeClaimIn(this.#place, this.#store.judge, came))
  }

  #add(at: { readonly record: string; readonly key: string }, merge: () => Promise<Merged>): Promise<void> {
    // A channel is held by one at a time: its claims wait for each other.
    return this.#pool.add(`${at.record}/${at.key.split('/', 1)[0]}`, async () => {
      try {
        this.findings.count(at, await merge())
      } catch (fault) {
        if (!(fault instanceof SnetError) || fault.kind !== 'channel-busy') throw fault
        this.findings.busy(at, fault)
      }
    })
  }

  #readChannel({ key, raw }: { readonly key: string; readonly raw: Record<string, unknown> }): ChannelRecord {
    const record = CHANNEL_TEXT.decode(fieldsOf(raw))
    if (key !== String(record.id)) throw new Error('its key is another record’s')
    const spell = (address: Address): Address => this.#store.toAddress(address)
    const { sender, signer, recipient } = record
    return { ...record, sender: spell(sender), signer: spell(signer), recipient: spell(recipient) }
  }

  #parse<Value>({ record, key }: { readonly record: string; readonly key: string }, parse: () => Value): Value {
    try {
      return parse()
    } catch (cause) {
      throw this.#damaged(`${record} ${key}: ${messageOf(cause)}`)
    }
  }

  #damaged(why: string): SnetError {
    return new SnetError('invalid-request', `line ${this.#line} of the export cannot be read: ${why}`, { hint: WHOLE })
  }
}

const WHOLE = 'Use an export as it was written, to its end. What was merged in before this line does no harm.'

/** A signature is worth something for one identity only. */
function requireIdentity(ours: OpenStore['identity'], theirs: Head): void {
  const parts = ['network', 'organization', 'group', 'mpe'] as const
  const spelled = (part: (typeof parts)[number], text: string): string => (part === 'mpe' ? text.toLowerCase() : text)
  const changes = parts
    .filter((part) => spelled(part, ours[part]) !== spelled(part, theirs[part]))
    .map((part) => `${part} ${theirs[part]} → ${ours[part]}`)
  if (changes.length === 0) return
  throw new SnetError('invalid-request', `the export holds payments of another identity: ${changes.join(', ')}`, {
    hint: 'They can be collected by that one alone. Import them into a store of its own.',
  })
}
