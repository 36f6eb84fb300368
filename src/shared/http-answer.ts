import type { ClientRequest, IncomingMessage } from 'node:http'

/**
 * The head of the answer to a request that somebody else writes and ends. Node tells of an answer that changes the
 * protocol (101) in an event of its own, and of some connections that go in none but `close`.
 */
export function answerTo(asking: ClientRequest): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    asking.once('response', done)
    asking.once('upgrade', ({ statusCode }: IncomingMessage, socket) => {
      socket.destroy()
      fail(new Error(`it answers ${statusCode} and goes over to another protocol`))
    })
    asking.on('error', fail)
    asking.once('close', () => fail(new Error('the connection was closed without an answer')))
  })
}
