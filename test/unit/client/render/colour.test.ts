import { describe, expect, test } from 'vitest'
import { hasColours, paint, shownLength, withColours } from '../../../../src/client/render/colour.js'
import { printable } from '../../../../src/shared/printable.js'

const TERMINAL = { isTTY: true }

/** As on a terminal with colours. */
function onTerminal<T>(act: () => T): T {
  const before = { isTTY: process.stdout.isTTY, env: process.env }
  process.stdout.isTTY = true
  process.env = { ...before.env, TERM: 'xterm', NO_COLOR: '' }
  try {
    return act()
  } finally {
    process.stdout.isTTY = before.isTTY
    process.env = before.env
  }
}

describe('colours', () => {
  test.each([
    [TERMINAL, {}, true],
    [TERMINAL, { NO_COLOR: '' }, true],
    [TERMINAL, { NO_COLOR: '1' }, false],
    [TERMINAL, { TERM: 'dumb' }, false],
    [{}, {}, false],
  ])('of %j with %j: %s', (stream, env, has) => {
    expect(hasColours(stream, env)).toBe(has)
  })

  test('survive the cleaning of what they stand in, which nobody else’s do', () => {
    const text = onTerminal(() => `${paint('passed', 'green')} \u001b[31mfrom elsewhere`)
    expect(withColours(printable(text))).toBe('\u001b[32mpassed\u001b[0m \\u001b[31mfrom elsewhere')
    expect(shownLength(onTerminal(() => paint('lost', 'red')))).toBe(4)
  })

  test('are left out in a pipe', () => {
    expect(paint('passed', 'green')).toBe('passed')
  })
})
