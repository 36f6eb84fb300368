import { expect, test } from 'vitest'
import { hostsOnly, withoutCredentials } from '../../../src/shared/url-secrets.js'
import { cpuTimeMs } from '../../support/cpu-time.js'

test.each([
  ['http://user:pass@host:1/path', 'http://(hidden)@host:1/path'],
  ['see wss://token@host and http://a:b@c', 'see wss://(hidden)@host and http://(hidden)@c'],
  ['http://user:p@ss@host/', 'http://(hidden)@host/'],
  ['http://user:p/a?s#s@host/', 'http://(hidden)@host/'],
  ['etcd=http://a:b@one,http://c:d@two', 'etcd=http://(hidden)@two'],
  ['https://host/v1?key=secret&x=1', 'https://host/v1?(hidden)'],
  [
    '{"url":"https://a:b@host/?key=s","to":"ops@example.com"}',
    '{"url":"https://(hidden)@host/?(hidden)","to":"ops@example.com"}',
  ],
  ['ops@example.com asked /a.B/c?x', 'ops@example.com asked /a.B/c?x'],
])('%s is shown without user, password and query', (text, shown) => {
  expect(withoutCredentials(text)).toBe(shown)
})

test('where a library told a whole URL, its host is left, and places in files stay', () => {
  expect(hostsOnly('no answer (url="https://user:pw@node.example:8545/v3/KEY?a=b", code=1)')).toBe(
    'no answer (url="https://(hidden)@node.example:8545/(hidden)", code=1)',
  )
  const place = 'at file:///srv/snetd/dist/daemon.js:10:3'
  expect(hostsOnly(place)).toBe(place)
})

test('a long line without any takes no time', () => {
  const start = cpuTimeMs()
  withoutCredentials('://'.repeat(5_000))
  expect(cpuTimeMs() - start).toBeLessThan(2_000)
})
