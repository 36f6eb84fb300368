import { Errors } from '@oclif/core'
import { describe, expect, test } from 'vitest'
import { EXIT_CODES } from '../../../src/client/exit-codes.js'
import { reportOf } from '../../../src/client/failure.js'
import { errorJson, errorsText, errorText, jsonLine, warningText } from '../../../src/client/error-text.js'
import { SnetError } from '../../../src/shared/errors.js'

const HELP = 'snetd serve --help'

test('no kind of failure looks like success', () => {
  expect(Object.values(EXIT_CODES)).not.toContain(0)
})

test('what nobody foresaw is a bug', () => {
  expect(reportOf(new TypeError('x is not a function'), HELP)).toMatchObject({ exitCode: 1, error: { kind: 'bug' } })
  expect(reportOf('a bare string', HELP)).toMatchObject({ exitCode: 1, error: { kind: 'bug' } })
})

test('a usage error keeps code 2, loses the advice of oclif and names the help of the command', () => {
  const { error, exitCode } = reportOf(new Errors.CLIError('Nonexistent flag: --x\nSee more help with --help'), HELP)
  expect(exitCode).toBe(2)
  expect(errorText(error)).toBe('Error: Nonexistent flag: --x\nHint:  Run "snetd serve --help" for usage.\n')
})

test('a usage error with suggestions of its own shows those', () => {
  const { error } = reportOf(new Errors.CLIError('no', { suggestions: ['try this', 'or that'] }), HELP)
  expect(errorText(error)).toBe('Error: no\nHint:  try this\n       or that\n')
})

test('behind a wrapper of a wrapper stands the first cause', () => {
  const opening = new SnetError('storage-failed', 'opening')
  const inner = suppressed(new Error('closing the first'), opening)
  expect(reportOf(suppressed(new Error('closing the second'), inner), HELP)).toEqual({ error: opening, exitCode: 3 })
})

test('who cancelled needs no message', () => {
  expect(errorText(new SnetError('cancelled', 'cancelled by the user'), { withStack: true })).toBe('')
})

test('a bug shows its message and stack only when asked, and the same id for the same place', () => {
  const broken = (secret: string): SnetError => reportOf(new Error(secret), HELP).error
  const [told, again] = ['first', 'second'].map((secret) => errorText(broken(secret)))
  expect(told).toMatch(/^Error: internal error \(fault [0-9a-f]{8}\)\nHint: /)
  expect(told).not.toContain('first')
  expect(again).toBe(told)
  expect(errorText(broken('first'), { withStack: true })).toContain('Error: first')
})

test('a bug told by another process keeps that process’s words', () => {
  expect(errorText(new SnetError('bug', 'internal error 7f3a'))).toBe('Error: internal error 7f3a\n')
})

test('JSON of an error has its parts, and none that is empty', () => {
  expect(errorJson(new SnetError('not-found', 'no channel 7'))).toEqual({
    error: { kind: 'not-found', message: 'no channel 7' },
  })
  expect(errorJson(new SnetError('not-found', 'x', { hint: 'open one', details: { channel: '7' } }))).toEqual({
    error: { kind: 'not-found', message: 'x', hint: 'open one', details: { channel: '7' } },
  })
})

test('a JSON line is one line and keeps every digit of an amount', () => {
  expect(jsonLine({ amount: 2n ** 255n, text: 'a\nb' })).toBe(`{"amount":"${2n ** 255n}","text":"a\\nb"}`)
})

function suppressed(error: Error, cause: Error): Error {
  return Object.assign(new Error('suppressed'), { name: 'SuppressedError', error, suppressed: cause })
}

test('many hosts with one fault have one hint between them', () => {
  const away = (at: string) => new SnetError('unavailable', `nothing answers at ${at}`, { hint: 'Start it.' })
  const text = errorsText([
    { peer: 'a', error: away('10.0.0.1') },
    { peer: 'b', error: new SnetError('not-found', 'no group', { hint: 'Make one.' }) },
    { peer: 'c', error: away('10.0.0.3') },
    { peer: 'd', error: new SnetError('cancelled', 'cancelled') },
  ])
  expect(text.split('\n')).toEqual([
    'a: Error: nothing answers at 10.0.0.1',
    'c: Error: nothing answers at 10.0.0.3',
    'Hint:  Start it.',
    'b: Error: no group',
    'Hint:  Make one.',
    '',
  ])
})

describe('on a terminal', () => {
  const error = new SnetError('unavailable', `no daemon answers at /var/lib/${'x'.repeat(80)} and there is no other`, {
    hint: 'Is it running, with this data_dir? --data-dir or -c names another one, and status works while it starts.',
  })

  test.each([80, 120])('of %i columns errors, hints and warnings break between words', async (width) => {
    const peers = errorsText([{ peer: 'london', error }], { width })
    const texts = [errorText(error, { width }), peers, warningText(error.hint ?? '', error.hint, { width })].join('\n')
    await expect(texts).toMatchFileSnapshot(`screens/errors-${width}.txt`)
  })

  test('what stands under something else stays there', () => {
    const fault = new SnetError('invalid-config', 'snetd.json:2:5: invalid JSON\n  {"a": x}\n        ^')
    expect(errorText(fault, { width: 80 })).toBe(
      'Error: snetd.json:2:5: invalid JSON\n         {"a": x}\n               ^\n',
    )
  })

  test('piped they are as long as they are', () => {
    expect(errorText(error).split('\n')).toHaveLength(3)
  })
})
