export interface Verdict {
  readonly fact: string
  /** Undefined where too little was seen to tell. */
  readonly holds: boolean | undefined
  readonly seen: string
}
