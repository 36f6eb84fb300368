import { describe, expect, test } from 'vitest'
import { readPeerAddress } from '../../../../../src/daemon/infra/berty/addresses.js'

describe('the address of a Berty', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1:9091'],
    ['127.8.9.1', '127.8.9.1:9091'],
    ['::1', '[::1]:9091'],
    ['::ffff:127.0.0.1', '[::ffff:127.0.0.1]:9091'],
    ['[::1]', '[::1]:9091'],
    ['localhost', 'localhost:9091'],
  ])('%s is loopback and always allowed', async (host, endpoint) => {
    expect(await readPeerAddress({ host, port: '9091' }, [])).toBe(endpoint)
  })

  test.each([
    ...['10.0.0.7', 'example.org', '0.0.0.0', '::', '128.0.0.1', '127.0.0.1.example.org', '::2', '2130706433'],
    ...['::1%lo', '::ffff:10.0.0.7'],
  ])('%s is refused, and the refusal names the key', async (host) => {
    await expect(readPeerAddress({ host, port: '9091' }, [])).rejects.toMatchObject({
      kind: 'forbidden',
      hint: expect.stringContaining('infra_peer_allow') as string,
    })
  })

  test.each(['10.0.0.7', 'Berty.Example.org', 'fd00::7'])('%s is allowed when it is named', async (host) => {
    await expect(readPeerAddress({ host, port: '9091' }, [host.toLowerCase()])).resolves.toContain('9091')
  })

  test.each([
    ['', '9091'],
    ['a b', '9091'],
    ['user@127.0.0.1', '9091'],
    ['127.0.0.1', ''],
    ['127.0.0.1', '0'],
    ['127.0.0.1', '65536'],
    ['127.0.0.1', '90x'],
    ['127.0.0.1', '-1'],
  ])('host "%s" with port "%s" is no address', async (host, port) => {
    await expect(readPeerAddress({ host, port }, [])).rejects.toMatchObject({ kind: 'invalid-request' })
  })
})
