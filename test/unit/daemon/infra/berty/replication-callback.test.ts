import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tokenServerUrl } from '../../../../../src/daemon/infra/berty/replication.js'
import { callbackOf } from '../../../../../src/daemon/infra/berty/replication-callback.js'
import { cpuTimeMs } from '../../../../support/cpu-time.js'

const CALLBACK = 'berty://services-auth/?code=c&state=s'

describe("a token server's answer", () => {
  test.each([
    ['a header', { redirect: CALLBACK, body: '<a href="berty://wrong">x</a>' }],
    [
      'a link',
      { redirect: undefined, body: '<p><a class="b" href="berty://services-auth/?code=c&amp;state=s">go</a>' },
    ],
    ['a script', { redirect: undefined, body: `<script>window.location.href = '${CALLBACK}'</script>` }],
    ['a text area', { redirect: undefined, body: '<textarea>berty://services-auth/?code=c&#38;state=s</textarea>' }],
  ])('names the callback in %s', (_, page) => {
    expect(callbackOf(page)).toBe(CALLBACK)
  })

  test('is refused when it tells an error', () => {
    const redirect = 'berty://services-auth/?error=invalid_request&error_description=no+service'
    expect(() => callbackOf({ redirect, body: '' })).toThrow('invalid_request no service')
  })

  test('without a callback says what to do', () => {
    expect(() => callbackOf({ redirect: undefined, body: '<form></form>' })).toThrow('no way on')
  })

  test('costs little, however it was made up', () => {
    const pieces = fc.constantFrom('<a ', '<a href=', 'location.href = ', '<textarea', '"', '&#x', ' '.repeat(50))
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 2_000, maxLength: 4_000 }), (parts) => {
        const startedAt = cpuTimeMs()
        try {
          callbackOf({ redirect: undefined, body: parts.join('') })
        } catch {
          // No callback in there.
        }
        expect(cpuTimeMs() - startedAt).toBeLessThan(2_000)
      }),
      { numRuns: 20 },
    )
  })
})

describe('the address of a token server', () => {
  test.each([
    ['10.0.0.1', 'http://10.0.0.1:9092'],
    ['10.0.0.1:80', 'http://10.0.0.1'],
    ['tokens.example.org:8091', 'http://tokens.example.org:8091'],
  ])('%s is %s', (text, origin) => {
    expect(tokenServerUrl(text).origin).toBe(origin)
  })

  test.each(['', 'a/b', 'http://a', 'user@a', 'a?b', 'a#b', 'a b'])('"%s" is none', (text) => {
    expect(() => tokenServerUrl(text)).toThrow('HOST or HOST:PORT')
  })
})
