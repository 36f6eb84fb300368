import { SnetError } from '../errors.js'
import { type CallExtras, onlyAnswer } from './raw-call.js'
import type { LoadedService } from './protos.js'
import type { Connection } from './raw-client.js'

/**
 * One unary call of one of a daemon's own services over an open connection. Errors as the daemon tells them;
 * `upstream-failed` for an answer that is none.
 */
export async function askDaemon<Reply>(
  connection: Connection,
  { of, name }: { readonly of: LoadedService; readonly name: string },
  request: object,
  limits: Pick<CallExtras, 'timeoutMs' | 'signal' | 'maxMessageBytes'>,
): Promise<Reply> {
  const method = of.service[name]
  if (!method) throw new Error(`the proto file of the service names no ${name}`)
  const messages = [method.requestSerialize(request)]
  const answer = await onlyAnswer(connection.call(method.path, messages, { of: 'daemon', ...limits }))
  try {
    return method.responseDeserialize(answer) as Reply
  } catch (cause) {
    throw new SnetError('upstream-failed', `the daemon answered ${name} with something else`, { cause })
  }
}
