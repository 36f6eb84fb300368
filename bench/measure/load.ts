/** What came of calls that were made. */
export interface Load {
  readonly calls: number
  readonly seconds: number
  /** How long each took, in µs, shortest first. */
  readonly times: readonly number[]
}
