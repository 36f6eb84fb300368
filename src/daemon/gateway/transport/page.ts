export interface PageRequest {
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** Of a request for permission (OPTIONS); what else is asked does not depend on its headers. */
  readonly header?: (name: string) => string | undefined
}

export interface Page {
  readonly status: number
  /** Undefined where there is no content. */
  readonly type?: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}
