/** A port that is attacked; on loopback, always. */
export interface Place {
  readonly name: 'open' | 'tls' | 'control'
  readonly host: string
  readonly port: number
  readonly tls: boolean
}

/** What the attacker's process is told, in a file. */
export interface AttackPlan {
  readonly seed: string
  readonly seconds: number
  /** Attacks under way at a time. */
  readonly lanes: number
  readonly perSecond: number
  /** Names of the kinds to take from; all when missing. */
  readonly kinds?: readonly string[]
  readonly places: readonly Place[]
  /** Channels to pay with, of the port by that name. */
  readonly channels: Readonly<Partial<Record<Place['name'], readonly string[]>>>
  /** Contract, key and block that payments and questions are signed with. */
  readonly mpe: string
  readonly key: string
  readonly block: string
  readonly price: number
}

/** What the attacker knows of one channel at the end. */
export interface ChannelBook {
  readonly place: Place['name']
  readonly channel: string
  /** The highest amount for which an answer came. */
  readonly confirmed: string
  /** The highest amount that was ever signed. */
  readonly signed: string
}

/** What the attacker's process tells at its end, behind `REPORT`. */
export interface AttackReport {
  /** Attacks made, by kind. */
  readonly made: Readonly<Record<string, number>>
  readonly books: readonly ChannelBook[]
  /** What must not be, as the attacker saw it. */
  readonly found: readonly string[]
}

export const REPORT = 'report '
