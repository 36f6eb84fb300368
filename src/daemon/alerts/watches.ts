import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { listOf } from '../../shared/short-text.js'
import type { Condition } from './conditions.js'

/** Looks after one thing beside the parts of the daemon; what it fails with says that nothing is known now. */
export interface Watch {
  readonly key: string
  readonly look: () => Promise<Condition | undefined>
}

const MIB = 1024 * 1024

/** The disk that the daemon keeps everything on. @param minFreeMib 0 does not look at the room */
export const watchDisk = (path: string, minFreeMib: number): Watch => ({
  key: 'disk',
  async look() {
    const isWritable = await access(path, constants.W_OK).then(
      () => true,
      () => false,
    )
    if (!isWritable)
      return {
        message: 'The data directory cannot be written.',
        details: 'Its disk is read-only, or this user may not write there: nothing more can be kept in it.',
        level: 'ERROR',
        isOwn: true,
      }
    const { bavail, bsize } = await statfs(path)
    const free = Math.floor((bavail * bsize) / MIB)
    if (free >= minFreeMib) return undefined
    return {
      message: 'The disk of the data directory is nearly full.',
      details: `${free} MiB are free; below ${minFreeMib} MiB this is told. Payments are refused when it is full.`,
      level: 'WARN',
      isOwn: true,
    }
  },
})

export interface ExpiringMoney {
  /** Channels in decimal; those that expire first come first. */
  readonly channels: readonly string[]
  readonly cogs: bigint
}

/** @param expiring what is signed on channels that expire within so many blocks */
export const watchMoney = (blocks: number, expiring: () => Promise<ExpiringMoney>): Watch => ({
  key: 'money',
  async look() {
    const { channels, cogs } = await expiring()
    if (channels.length === 0) return undefined
    return {
      message: 'Money is lost unless it is claimed.',
      details: `${cogs} cogs are signed on channels that expire within ${blocks} blocks: ${listOf(channels)}. Claim them with snetd channel claim.`,
      level: 'ERROR',
      about: channels,
      isOwn: true,
    }
  },
})

/** The same, looked after no more often than that; in between it stands as it was seen. */
export function seldom({ key, look }: Watch, everyMs: number, now: () => number = () => performance.now()): Watch {
  let latest: Promise<Condition | undefined> | undefined
  let at = -Infinity
  return {
    key,
    look() {
      if (latest && now() - at < everyMs) return latest
      at = now()
      latest = look()
      // One that failed is not kept.
      latest.catch(() => (latest = undefined))
      return latest
    },
  }
}
