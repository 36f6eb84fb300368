import { expect, test } from 'vitest'
import { crashText } from '../../../src/daemon/crash.js'
import { secretTextsOf } from '../../../src/settings/index.js'
import { complete, inDirectory } from '../settings/harness.js'

const directory = inDirectory()

test('what a crash leaves is stacks, without secrets of the settings, and nothing else that hangs on the fault', async () => {
  const loaded = await directory.load({
    ...complete,
    ethereum_json_rpc_http_endpoint: 'https://node.example/v3/canary-key',
    token_secret_key: 'canary-secret-of-more-than-32-bytes',
  })
  const fault = Object.assign(
    new Error('asked https://node.example/v3/canary-key, with canary-secret-of-more-than-32-bytes'),
    {
      request: { headers: { authorization: 'canary-header' } },
      cause: new Error('of /v3/canary-key'),
    },
  )
  const text = crashText(fault, secretTextsOf(loaded))
  expect(text).toContain('Error: asked https://node.example/(hidden)')
  expect(text).toContain('crash.test.ts')
  expect(text).toContain('caused by Error: of /(hidden)')
  expect(text).not.toContain('canary')
})

test.each([
  ['a text', 'no more', "'no more'"],
  ['an object', { deep: { secret: 'canary' } }, '{ deep: [Object] }'],
])('a fault that is %s is told as such', (_what, fault, told) => {
  expect(crashText(fault, [])).toBe(told)
})
