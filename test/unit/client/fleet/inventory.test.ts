import { describe, expect, test } from 'vitest'
import { parseInventory, withPort } from '../../../../src/client/fleet/inventory.js'

describe('an inventory', () => {
  const hosts = [
    { name: 'a', address: '10.0.0.1:9090', kind: 'peer', berty: undefined },
    { name: 'b', address: '10.0.0.2:7091', kind: 'relay', berty: '127.0.0.1:9091' },
  ]

  test('is a list of peers', () => {
    const peers = [
      { name: 'a', address: '10.0.0.1' },
      { name: 'b', address: '10.0.0.2:7091', kind: 'relay', berty: '127.0.0.1:9091' },
    ]
    expect(parseInventory({ peers }, 'f')).toEqual(hosts)
  })

  test('or a map of names', () => {
    const peers = {
      a: { address: '10.0.0.1' },
      b: { address: '10.0.0.2:7091', kind: 'relay', berty: '127.0.0.1:9091' },
    }
    expect(parseInventory({ peers }, 'f')).toEqual(hosts)
  })

  test('with faults is refused, with all of them', () => {
    const peers = [{ address: '10.0.0.1' }, { name: 'b' }, { name: 'c', address: 'x y' }, { name: 'c', address: 7 }]
    expect(() => parseInventory({ peers }, 'hosts.yaml')).toThrow(
      [
        'entry 1 has no name',
        'b has no address',
        'c: "x y" is no HOST or HOST:PORT',
        'c: address has to be a text',
        'c has no address',
        'two peers have the name c',
      ]
        .map((fault) => `the inventory hosts.yaml: ${fault}`)
        .join('\n'),
    )
  })

  test.each([undefined, null, [], 'x', {}, { peers: [] }, { peers: 'x' }])('%j holds no peers', (content) => {
    expect(() => parseInventory(content, 'f')).toThrow('the inventory f: no peers')
  })
})

test.each([
  ['host', 'host:9090'],
  ['host:1', 'host:1'],
  ['[::1]', '[::1]:9090'],
  ['[fe80::1]:7', '[fe80::1]:7'],
])('%s is %s', (written, address) => {
  expect(withPort(written, (fault) => expect.fail(fault))).toBe(address)
})

test.each(['', 'host:', 'host:x', 'host:70000', '::1', 'http://host', 'a b'])('%j is no host', (written) => {
  const faults: string[] = []
  withPort(written, (fault) => faults.push(fault))
  expect(faults).toEqual([`"${written}" is no HOST or HOST:PORT`])
})
