import { printableLine } from '../../shared/printable.js'
import type { MessageShape, ServiceDescription } from '../../wallet/index.js'
import { shortAddress } from '../short-ids.js'
import { renderTable, type TableOptions } from './table.js'

/** What `describe` shows: the service, its methods with their prices, its messages, and one's own channels. */
export function renderService(of: ServiceDescription, options: TableOptions = {}): string {
  const facts = [
    ['service', `${of.organization} / ${of.service}, group ${of.group}`],
    ...of.endpoints.map((endpoint) => ['endpoint', endpoint]),
    ['paid to', `${shortAddress(of.recipient)}, escrow ${shortAddress(of.escrow)}`],
  ]
  const methods = of.methods.map(({ path, price, ...streams }) => [
    path,
    price ?? '-',
    messageName(streams.request, streams.requestStream),
    messageName(streams.response, streams.responseStream),
  ])
  const shapes = new Map(
    of.methods.flatMap(({ request, response }) => [...request, ...response]).map((one) => [one.name, one]),
  )
  return [
    facts.map(([name = '', text = '']) => `${name.padEnd(8)}  ${printableLine(text)}`).join('\n'),
    ...(methods.length > 0 ? [renderTable(['method', 'price (cogs)', 'request', 'response'], methods, options)] : []),
    ...[...shapes.values()].map(shapeText),
    ...(of.channels === null ? [] : [channelTable(of.channels, options)]),
  ].join('\n\n')
}

const messageName = (shapes: readonly MessageShape[], isStream: boolean): string =>
  `${isStream ? 'stream ' : ''}${shapes[0]?.name ?? '-'}`

const shapeText = ({ name, fields }: MessageShape): string => {
  const rows = fields.map(
    ({ name: field, type, oneof }) => `  ${field}: ${type}${oneof === null ? '' : ` (one of ${oneof})`}`,
  )
  return [name, ...(rows.length > 0 ? rows : ['  no fields'])].map(printableLine).join('\n')
}

const channelTable = (channels: NonNullable<ServiceDescription['channels']>, options: TableOptions): string =>
  channels.length === 0
    ? 'You have no channel to it.'
    : renderTable(
        ['channel', 'value (cogs)', 'expires at block', ''],
        channels.map(({ id, value, expiration, expired }) => [id, value, expiration, expired ? 'expired' : '']),
        options,
      )
