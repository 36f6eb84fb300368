import type { ImportStorageReplyMessage, StorageFaultMessage } from '../../shared/wire/index.js'
import type { Comparison } from './compare.js'
import type { ExportEnd, ExportHead } from './export-text.js'

const total = ({ signed, claims }: { readonly signed: bigint; readonly claims: bigint }) => ({
  signed: String(signed),
  claims: String(claims),
  total: String(signed + claims),
})
export type MoneyView = ReturnType<typeof total>

/** What "storage export" says to a program. */
export const exportView = (file: string, head: ExportHead, { records, ...money }: ExportEnd) => ({
  file,
  ...head,
  records,
  money: total(money),
})
export type ExportView = ReturnType<typeof exportView>

export const faultView = ({ record, key, fault, cure, kept }: StorageFaultMessage) => ({
  record: record ?? '',
  key: key ?? '',
  fault: fault ?? '',
  cure: cure ?? '',
  kept: kept ?? false,
})
export type FaultView = ReturnType<typeof faultView>

/** What an import or a copy says to a program. */
export const importView = (reply: ImportStorageReplyMessage, { dryRun }: { readonly dryRun: boolean }) => ({
  dry_run: dryRun,
  records: (reply.records ?? []).map(({ record, read, added, raised }) => ({
    record: record ?? '',
    read: Number(read ?? 0),
    added: Number(added ?? 0),
    raised: Number(raised ?? 0),
  })),
  before: moneyOf(reply.before),
  after: moneyOf(reply.after),
  faults: (reply.left_out ?? []).map(faultView),
  faults_in_all: Number(reply.left_out_in_all ?? 0),
  busy: Number(reply.busy ?? 0),
})
export type ImportView = ReturnType<typeof importView>

const moneyOf = (money: ImportStorageReplyMessage['before']): MoneyView =>
  total({ signed: BigInt(money?.signed ?? '0'), claims: BigInt(money?.claims ?? '0') })

/** What "storage verify" says to a program. */
export const comparisonView = ({ identities, a, b, differing, differingInAll }: Comparison) => ({
  same: identities.length === 0 && differingInAll === 0,
  identities,
  a: { records: a.records, money: total(a) },
  b: { records: b.records, money: total(b) },
  differing,
  differing_in_all: differingInAll,
})
export type ComparisonView = ReturnType<typeof comparisonView>
