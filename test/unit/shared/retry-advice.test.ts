import { join } from 'node:path'
import protobuf from 'protobufjs'
import { expect, test } from 'vitest'
import { packageRoot } from '../../../src/shared/package.js'
import { retryInfo } from '../../../src/shared/wire/index.js'

test('advice to try again later is what Google’s own proto files read', async () => {
  const root = new protobuf.Root()
  root.resolvePath = (_from, target) => join(packageRoot, 'node_modules/google-proto-files', target)
  await root.load(['google/rpc/status.proto', 'google/rpc/error_details.proto'])
  const decode = (type: string, bytes: Uint8Array): object =>
    root.lookupType(type).toObject(root.lookupType(type).decode(bytes), { longs: Number })
  const text = retryInfo({ code: 8, message: 'too many' }, 61_250)
  expect(text).not.toContain('=')

  const told = decode('google.rpc.Status', Buffer.from(text, 'base64')) as {
    details: { type_url: string; value: Uint8Array }[]
  }

  expect(told).toMatchObject({ code: 8, message: 'too many' })
  expect(told.details.map(({ type_url }) => type_url)).toEqual(['type.googleapis.com/google.rpc.RetryInfo'])
  const info = decode('google.rpc.RetryInfo', told.details[0]?.value as Uint8Array)
  expect(info).toEqual({ retryDelay: { seconds: 61, nanos: 250_000_000 } })
})
