import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { chooseBackend } from '../../../../src/daemon/storage/choose-backend.js'

async function aListener(): Promise<{ endpoint: string; connections(): number } & AsyncDisposable> {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}

const AWAY = 'http://127.0.0.1:1'

describe('where payments are kept', () => {
  test.each(['memory', 'embedded'] as const)('"%s" is taken as written, and nobody is asked', async (type) => {
    await using etcd = await aListener()
    expect(await chooseBackend(type, [`http://${etcd.endpoint}`])).toBe(type)
    expect(etcd.connections()).toBe(0)
  })

  test.each([
    ['a URL', (endpoint: string) => `http://${endpoint}`],
    ['host and port alone', (endpoint: string) => endpoint],
  ])('unset, an etcd in the metadata that answers counts: %s', async (_name, written) => {
    await using etcd = await aListener()
    expect(await chooseBackend(undefined, [AWAY, written(etcd.endpoint)])).toBe('etcd')
  })

  test('unset, and no etcd answers: the refusal names the choices, and who was asked', async () => {
    await expect(chooseBackend(undefined, [AWAY])).rejects.toMatchObject({
      kind: 'invalid-config',
      message: expect.stringMatching(
        /"embedded".*"etcd".*"memory".*no etcd that the metadata names answers.*127\.0\.0\.1:1/,
      ),
    })
  })

  test('unset, and what the metadata names is no address: nothing is guessed', async () => {
    await expect(chooseBackend(undefined, ['http://', '::::'])).rejects.toMatchObject({ kind: 'invalid-config' })
    await expect(chooseBackend(undefined, [])).rejects.toMatchObject({ kind: 'invalid-config' })
  })
})
