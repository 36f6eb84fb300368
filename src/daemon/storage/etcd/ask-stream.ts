import type { IDuplexStream } from 'etcd3'
import { Unanswered } from './faults.js'

/** Questions over a stream, one at a time. */
export interface AskStream<Request, Response> extends Disposable {
  /** Error: `Unanswered` where the stream ended, or after so long. */
  ask(request: Request, timeoutMs: number): Promise<Response>
}

export function askStream<Request, Response>(stream: IDuplexStream<Request, Response>): AskStream<Request, Response> {
  let settle: { done(response: Response): void; fail(fault: Error): void } | undefined
  let over: Error | undefined
  const end = (fault: Error): void => {
    over ??= fault
    settle?.fail(over)
  }
  stream
    .on('data', (response) => settle?.done(response))
    .on('error', end)
    .on('end', () => end(new Unanswered('etcd has ended the stream')))
  return {
    async ask(request, timeoutMs) {
      if (over) throw over
      let timer: NodeJS.Timeout | undefined
      try {
        return await new Promise<Response>((done, fail) => {
          settle = { done, fail }
          timer = setTimeout(() => fail(new Unanswered('etcd does not answer')), timeoutMs)
          stream.write(request)
        })
      } finally {
        clearTimeout(timer)
        settle = undefined
      }
    },
    [Symbol.dispose]() {
      over ??= new Unanswered('left')
      stream.cancel()
    },
  }
}
