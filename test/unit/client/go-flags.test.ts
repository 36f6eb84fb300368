import { expect, test } from 'vitest'
import { withGoBooleans } from '../../../src/client/go-flags.js'

const booleans = [{ name: 'blockchain', char: 'b' }, { name: 'passthrough' }]

test.each([
  [['--blockchain'], ['--blockchain=true']],
  [['-b'], ['--blockchain=true']],
  [['--blockchain=false'], ['--blockchain=false']],
  [['-b=F'], ['--blockchain=F']],
  [['--blockchain', 'false'], ['--blockchain=false']],
  [
    ['-b', '0', '--passthrough'],
    ['--blockchain=0', '--passthrough=true'],
  ],
  [
    ['--passthrough', '-c', 'file'],
    ['--passthrough=true', '-c', 'file'],
  ],
  [['--passthrough=a=b'], ['--passthrough=a=b']],
  [
    ['--type', 'http', 'false'],
    ['--type', 'http', 'false'],
  ],
  [
    ['-b', '--', '-b'],
    ['--blockchain=true', '--', '-b'],
  ],
])('%j is taken as %j', (typed, taken) => {
  expect(withGoBooleans(typed, booleans)).toEqual(taken)
})
