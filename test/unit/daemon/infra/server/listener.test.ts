import { Server } from 'node:net'
import { expect, test, vi } from 'vitest'
import { rawClient, startFakeInfra } from '../../../../support/infra-server.js'

test('connections that cannot be accepted are logged, and others are served', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen')
  await using infra = await startFakeInfra()
  const listening = listen.mock.contexts[0] as Server
  listen.mockRestore()
  const error = Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' })
  // What net.Server does each time that the system has no descriptor left for a connection.
  for (let time = 0; time < 3; time++) listening.emit('error', error)
  expect(infra.lines).toContain('a controller could not connect')
  using client = rawClient(infra.port)
  expect((await client.ask('/server.Proxy/TestConnection')).code).toBe(0)
})
