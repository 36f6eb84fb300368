/** Why a request has no answer of the service: what its client is told, and nothing that is nobody's business. */
export class HttpFault extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

export const stopping = (): HttpFault => new HttpFault(503, 'the daemon is stopping')
export const tooMany = (): HttpFault => new HttpFault(429, 'Too Many Requests')
