/** Where among all uploads one belongs; both are names that are safe in any path. */
export interface Place {
  readonly folder: string
  readonly name: string
}

export interface Uploaded {
  /** Files that were taken. */
  readonly count: number
  /** Where they are now. */
  readonly links: string[]
}
