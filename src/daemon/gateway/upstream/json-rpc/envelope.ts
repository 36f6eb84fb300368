import { isObject } from '../../../../shared/is-object.js'
import { parseLong, stringifyLong, withoutMark } from '../../../../shared/long-numbers.js'
import { cutShort } from '../../../../shared/short-text.js'
import { callFailed, rpcFailed } from './faults.js'

/** The request of one call (JSON-RPC 2.0). @param params JSON text, which stays as it is: it is known to be whole */
export const requestBody = (method: string, params: string, id: number): Buffer =>
  Buffer.from(`{"jsonrpc":"2.0","method":${JSON.stringify(method)},"params":${params},"id":${id}}`)

/** The result in an answer to the request of that id. Errors: code 13, in the words of the reference. */
export function resultOf(body: Buffer, id: number): unknown {
  if (body.length === 0) throw callFailed('the service answered nothing, as to a notification')
  const answer = parse(body)
  if (!isObject(answer)) throw callFailed('the service answered no JSON-RPC object')
  if (answer['jsonrpc'] !== '2.0') throw callFailed('the service answered in another version of JSON-RPC than 2.0')
  const { error, result } = answer
  // A service that could not read the request does not know its id.
  const isOfUs = answer['id'] === id || (error !== undefined && answer['id'] === null)
  if (!isOfUs) throw callFailed('the service answered with another id')
  if (error !== undefined && error !== null) throw rpcFailed(errorText(error))
  if (result === undefined || result === null) throw rpcFailed('result is null')
  return result
}

function parse(body: Buffer): unknown {
  try {
    return parseLong(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw callFailed('the service answered no JSON')
  }
}

const MAX_TEXT = 500

function errorText(error: unknown): string {
  const message = isObject(error) ? withoutMark(error['message']) : undefined
  return cutShort(typeof message === 'string' ? message : stringifyLong(error), MAX_TEXT)
}
