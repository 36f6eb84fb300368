/** Why a request has no answer of the service: what its client is told, and nothing that is nobody's business. */
export class HttpFault extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** After so many seconds the client may ask again. */
    readonly retryAfterS?: number,
  ) {
    super(message)
  }
}

export const stopping = (): HttpFault => new HttpFault(503, 'the daemon is stopping')
export const tooMany = (waitMs: number): HttpFault =>
  new HttpFault(429, 'Too Many Requests', Math.max(1, Math.ceil(waitMs / 1000)))
