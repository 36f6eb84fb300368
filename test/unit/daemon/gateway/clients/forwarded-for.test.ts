import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientBehind } from '../../../../../src/daemon/gateway/transport/clients/forwarded-for.js'
import { ClientPlaces } from '../../../../../src/daemon/gateway/transport/clients/client-places.js'
import { AddressSet, placeOf } from '../../../../../src/shared/address-set.js'

const trusted = new AddressSet(['10.0.0.0/8', 'fd00::/8', '192.0.2.1'])
const PROXY = '10.0.0.1'

test.each([
  ['nobody says anything', PROXY, [], PROXY],
  ['a proxy names its client', PROXY, ['203.0.113.7'], '203.0.113.7'],
  ['a client makes up what is left of it', PROXY, ['1.1.1.1, 10.9.9.9, 203.0.113.7'], '203.0.113.7'],
  ['two proxies stand in a row', PROXY, ['1.1.1.1, 203.0.113.7, 10.0.0.2'], '203.0.113.7'],
  ['they write a line each', PROXY, ['1.1.1.1', '203.0.113.7', '192.0.2.1'], '203.0.113.7'],
  ['who speaks is no proxy', '203.0.113.9', ['1.1.1.1'], '203.0.113.9'],
  ['a port is added', PROXY, ['203.0.113.7:4711'], '203.0.113.7'],
  ['an address of IPv6 has one', 'fd00::1', ['[2001:db8::7]:4711'], '2001:db8::7'],
  ['an address of IPv6 has none', 'fd00::1', ['2001:db8::7'], '2001:db8::7'],
  ['an address is mapped', '::ffff:10.0.0.1', ['::ffff:203.0.113.7'], '203.0.113.7'],
  ['the name is none', PROXY, ['203.0.113.7, unknown'], PROXY],
  ['nothing is between the commas', PROXY, ['203.0.113.7, ,'], PROXY],
  ['all are proxies', PROXY, ['10.0.0.3, 10.0.0.2'], '10.0.0.3'],
  ['hops have no end', PROXY, [Array.from({ length: 10_000 }, () => '10.0.0.2').join(',')], '10.0.0.2'],
])('where %s', (_what, peer, lines, client) => {
  expect(clientBehind(peer, lines, trusted)).toBe(client)
})

test('without trusted proxies nobody is believed', () => {
  expect(clientBehind('127.0.0.1', ['203.0.113.7'], new AddressSet([]))).toBe('127.0.0.1')
})

test('whatever a client makes up, what its proxy says of it counts', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (made) => {
      expect(clientBehind(PROXY, [`${made}, 203.0.113.7`], trusted)).toBe('203.0.113.7')
    }),
  )
})

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::', '2001:db8:1:2'],
  ['2001:0db8::7', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['203.0.113.7', '203.0.113.7'],
])('%s is counted as %s', (address, place) => {
  expect(placeOf(address)).toBe(place)
})

test('a client has so many places, and gets them back', () => {
  const places = new ClientPlaces(2)
  expect([places.enter('2001:db8::1'), places.enter('2001:db8::2'), places.enter('2001:db8::3')]).toEqual([
    true,
    true,
    false,
  ])
  expect(places.enter('203.0.113.7')).toBe(true)
  places.leave('2001:db8::1')
  expect(places.enter('2001:db8::4')).toBe(true)
})
