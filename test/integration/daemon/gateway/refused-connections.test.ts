import { Server } from 'node:net'
import { expect, test, vi } from 'vitest'
import { openHarness, paid } from './harness.js'

test('connections that the system has no descriptor for are logged, and the gate goes on', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen')
  await using harness = await openHarness()
  const { port } = harness.gateway.address
  const listening = listen.mock.contexts.find((server) => {
    const address = (server as Server).address()
    return typeof address === 'object' && address?.port === port
  }) as Server
  listen.mockRestore()
  const error = Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' })
  // What net.Server does each time.
  for (let time = 0; time < 3; time++) listening.emit('error', error)
  expect(harness.log.filter((line) => line.includes('a client could not connect'))).toHaveLength(3)
  const answer = await harness.client.call('/echo.Echo/Unary', [Buffer.from('still here')], { metadata: paid() })
  expect(answer).toMatchObject({ code: 0, messages: [Buffer.from('still here')] })
})
