/** The tokens of one limit, as replicas share them. */
export interface Bucket {
  /** Those that nobody has taken. */
  readonly tokens: number
  /** When it was written, by the clock of the process that wrote it. */
  readonly at: number
  readonly by: string
  /** By process, at most so many of those it has taken are unused. */
  readonly shares: Readonly<Record<string, number>>
}

/** As the store keeps it. */
export const SHARED_RATES = {
  name: 'rates',
  encode: ({ tokens, at, by, shares }: Bucket): object => ({
    tokens: String(tokens),
    at: String(at),
    by,
    holders: Object.keys(shares),
    shares: Object.values(shares).map(String),
  }),
  decode(fields: StoredFields): Bucket {
    const shares = fields.texts('shares')
    const entries = fields.texts('holders').map((holder, i) => [holder, amount(shares[i])] as const)
    return {
      tokens: amount(fields.text('tokens')),
      at: amount(fields.text('at')),
      by: fields.text('by'),
      shares: Object.fromEntries(entries),
    }
  },
}

interface StoredFields {
  text(name: string): string
  texts(name: string): readonly string[]
}

/** Rates begin anew in another store. */
export const sharedRatesMoves = {
  join: (kept: Bucket | undefined, came: Bucket): Bucket => kept ?? came,
  isKey: (key: string): boolean => key !== '',
}

function amount(text = ''): number {
  const value = Number(text)
  if (text === '' || !Number.isFinite(value) || value < 0) throw new Error(`${text} is no amount`)
  return value
}

export interface BucketRules {
  readonly burst: number
  readonly perMs: number
}

/** Who moves tokens, and when. */
export interface Mover {
  readonly name: string
  /** What it has unused of those it took before. */
  readonly left: number
  /** By its own clock. */
  readonly now: number
  /** Milliseconds that have passed since a record was written that is read now; never too many. */
  readonly since: (bucket: Bucket) => number
  /** Whether what this process has taken is lost. */
  readonly isGone: (process: string) => boolean
}

/**
 * What there is now: tokens and all shares together are never more than the burst, nor were they at any time since it was written.
 * That is why shares count as they were then, also of whoever has used his, or is gone.
 */
export function refill(bucket: Bucket | undefined, { burst, perMs }: BucketRules, by: Mover): Bucket {
  const { tokens, shares } = bucket ?? { tokens: burst, shares: {} }
  const passed = bucket ? Math.max(0, by.since(bucket)) : 0
  const others = Object.fromEntries(Object.entries(shares).filter(([name]) => name !== by.name && !by.isGone(name)))
  const taken = Object.values(shares).reduce((sum, share) => sum + share, 0)
  return {
    tokens: Math.max(0, Math.min(burst - taken, tokens + passed * perMs)),
    at: by.now,
    by: by.name,
    shares: by.left > 0 ? { ...others, [by.name]: by.left } : others,
  }
}

/** Takes so many whole tokens, or as many as there are. */
export function takeShare(
  bucket: Bucket,
  wanted: number,
  by: Mover,
): { readonly next: Bucket; readonly taken: number } {
  const taken = Math.min(wanted, Math.floor(bucket.tokens))
  if (taken === 0) return { next: bucket, taken }
  const shares = { ...bucket.shares, [by.name]: by.left + taken }
  return { next: { ...bucket, tokens: bucket.tokens - taken, shares }, taken }
}
