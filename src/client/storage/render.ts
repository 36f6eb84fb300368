import { renderTable, type TableOptions } from '../render/table.js'
import { hang, terminalWidth } from '../render/wrap.js'
import type { ComparisonView, ExportView, FaultView, ImportView, MoneyView } from './views.js'

const moneyText = ({ signed, claims, total }: MoneyView): string =>
  `${total} cogs (${signed} signed, ${claims} in claims)`

export function renderExport({ file, records, money }: ExportView): string {
  const counts = Object.entries(records).map(([record, count]) => `${count} of ${record}`)
  return [`Written: ${file}`, `records  ${counts.join(', ') || 'none'}`, `money    ${moneyText(money)}`].join('\n')
}

export function renderImport(view: ImportView, options: TableOptions = {}): string {
  const rows = view.records.map(({ record, read, added, raised }) => [
    record,
    String(read),
    String(added),
    String(raised),
    String(read - added - raised),
  ])
  const headings = [
    'record',
    'read',
    view.dry_run ? 'to add' : 'added',
    view.dry_run ? 'to raise' : 'raised',
    'as they were',
  ]
  const money = [`before   ${moneyText(view.before)}`, `after    ${moneyText(view.after)}`]
  return [
    ...(rows.length === 0 ? ['nothing is in it'] : [renderTable(headings, rows, options)]),
    ...money,
    ...renderFaults(view.faults, view.faults_in_all, options),
    ...(view.dry_run ? ['Nothing was changed: this was a dry run.'] : []),
  ].join('\n')
}

/** A fault each, with what to do about it. */
export function renderFaults(
  faults: readonly FaultView[],
  inAll: number,
  { width = terminalWidth(process.stdout) }: TableOptions = {},
): string[] {
  const lines = faults.flatMap(({ record, key, fault, cure, kept }) => [
    hang('', `${record} ${key}: ${fault}${kept ? ' (kept all the same)' : ''}`, width),
    hang('  ', cure, width),
  ])
  return inAll > faults.length ? [...lines, `… and ${inAll - faults.length} more`] : lines
}

export function renderComparison(
  view: ComparisonView,
  names: readonly [string, string],
  options: TableOptions = {},
): string {
  const [a, b] = names
  const { width = terminalWidth(process.stdout) } = options
  const kinds = [...new Set([...Object.keys(view.a.records), ...Object.keys(view.b.records)])]
  const counts = kinds.map((kind) => [kind, String(view.a.records[kind] ?? 0), String(view.b.records[kind] ?? 0)])
  const money = [
    ['signed (cogs)', view.a.money.signed, view.b.money.signed],
    ['in claims (cogs)', view.a.money.claims, view.b.money.claims],
  ]
  const differing = view.differing.flatMap(({ record, key, ...each }) => [
    `${record} ${key}`,
    hang('  A  ', each.a ?? 'nothing', width),
    hang('  B  ', each.b ?? 'nothing', width),
  ])
  const more = view.differing_in_all - view.differing.length
  return [
    ...[`A  ${a}`, `B  ${b}`],
    renderTable(['', 'A', 'B'], [...counts, ...money], options),
    ...view.identities.map((text) => hang('', `They are of two identities: ${text}`, width)),
    ...differing,
    ...(more > 0 ? [`… and ${more} more`] : []),
    view.same ? 'They hold the same.' : `They differ in ${view.differing_in_all} records.`,
  ].join('\n')
}
