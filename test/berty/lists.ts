import type { Fleet, RunReport } from '../../src/client/fleet/index.js'
import { publicKey } from '../../src/daemon/infra/contract/keys.js'
import { parseHeader } from '../../src/daemon/infra/message/index.js'
import { linkBerty } from '../support/linked-berty.js'

/** What is in the list of each Berty of one run, by peer: numbers of messages by the device that sent them. */
export type Lists = ReadonlyMap<string, ReadonlyMap<string, number>>

interface Member {
  readonly name: string
  readonly device: string
}

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex')

export async function readLists(
  { peers }: Fleet,
  { group, run }: { group: string; run: string },
): Promise<{ members: readonly Member[]; lists: Lists }> {
  const members: Member[] = []
  const lists = new Map<string, Map<string, number>>()
  for (const peer of peers) {
    const { name, berty = '' } = peer
    const own = ((await peer.call('ListGroups', {})).groups ?? []).find((each) => each.name === group)
    members.push({ name, device: hex(own?.device_pk) })
    const counts = new Map<string, number>()
    lists.set(name, counts)
    await using linked = await linkBerty(berty)
    await linked.berty.scanMessages(
      publicKey(own?.public_key ?? new Uint8Array()),
      ({ device, content }) => {
        if (content.type === 'user' && parseHeader(content.body)?.run === run)
          counts.set(device, (counts.get(device) ?? 0) + 1)
      },
      new AbortController().signal,
    )
  }
  return { members, lists }
}

export interface Compared {
  readonly pair: string
  readonly ledger: readonly [sent: number, arrived: number]
  readonly list: readonly [sent: number, arrived: number]
  readonly late: number
  readonly lost: number
  readonly errors: number
  readonly unknown: number
}

/** Each pair by its ledger and by the lists: what was sent, and what of it is there. */
export const compare = (
  { pairs }: RunReport,
  { members, lists }: { members: readonly Member[]; lists: Lists },
): Compared[] =>
  pairs.map(({ from, to, sent, delivered, late, lost, send_errors, sent_unknown }) => {
    const device = members.find(({ name }) => name === from)?.device ?? ''
    const listed = (name: string): number => lists.get(name)?.get(device) ?? 0
    return {
      pair: `${from} → ${to}`,
      ledger: [sent, delivered + (late ?? 0)],
      list: [listed(from), listed(to)],
      ...{ late: late ?? 0, lost, errors: send_errors, unknown: sent_unknown },
    }
  })
