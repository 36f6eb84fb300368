import { type MethodDescriptor, parseRequestJson } from '../content/index.js'

/** One JSON value, or for a method that takes a stream one value a line. Error: `invalid-request` naming the fault. */
export function parseRequests(text: string, method: MethodDescriptor): unknown[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const requests = method.requestStream
    ? lines.map((line, i) => parseRequestJson(line, `line ${i + 1} of the request`))
    : [parseRequestJson(text, 'the request')]
  // Whatever does not fit the method is told before anything is signed.
  for (const request of requests) method.encodeRequest(request)
  return requests
}
