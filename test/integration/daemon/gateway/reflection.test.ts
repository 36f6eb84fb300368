import { status } from '@grpc/grpc-js'
import type protobuf from 'protobufjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { healthMethods } from '../../../../src/daemon/api/health-service.js'
import { createHealth } from '../../../../src/daemon/observability/index.js'
import { withReflection } from '../../../../src/daemon/reflection/index.js'
import { describeProtos } from '../../../../src/content/index.js'
import { live } from '../../../../src/shared/live.js'
import { TokenBucket } from '../../../../src/shared/token-bucket.js'
import type { OwnMethod } from '../../../../src/shared/wire/index.js'
import { ReflectionClient } from '../../../support/reflection-client.js'
import { openHarness, paid } from './harness.js'

const PUBLISHED = {
  'echo.proto': `syntax = "proto3"; package echo; import "words/word.proto";
    service Echo { rpc Unary(words.Word) returns (words.Word); }`,
  'words/word.proto': `syntax = "proto2"; package words; message Word { optional string text = 1; extensions 100 to 200; }
    extend Word { optional string more = 100; }`,
  'training.proto': `syntax = "proto3"; package training; message ModelID { string model_id = 1; }
    service Model { rpc train_model(ModelID) returns (ModelID); }`,
}
const describeAll = (files: Record<string, string>) => describeProtos(new Map(Object.entries(files)))

async function open(version: 'v1' | 'v1alpha' = 'v1') {
  const health = createHealth()
  const own = new Map(healthMethods({ health, services: live(['echo.Echo']) }).map((each) => [each.path, each]))
  const files = live(await describeAll(PUBLISHED))
  const methods = withReflection<OwnMethod>(own, files)
  const h = await openHarness({ health, own: [...methods.values()] })
  const tool = new ReflectionClient(`127.0.0.1:${h.gateway.address.port}`, version)
  return {
    ...h,
    tool,
    files,
    async [Symbol.asyncDispose]() {
      tool[Symbol.dispose]()
      await h[Symbol.asyncDispose]()
    },
  }
}

const OWN = ['grpc.health.v1.Health', 'grpc.reflection.v1.ServerReflection', 'grpc.reflection.v1alpha.ServerReflection']

test.each(['v1', 'v1alpha'] as const)(
  'a tool that knows nothing but the address calls the service by what %s tells it',
  async (version) => {
    await using h = await open(version)
    expect(await h.tool.services()).toEqual(['echo.Echo', ...OWN])
    const types = await h.tool.typesFor('echo.Echo')
    const method = types.lookupService('echo.Echo').methods['Unary']?.resolve() as protobuf.Method | undefined
    const word = method?.resolvedRequestType
    const bytes = Buffer.from(word?.encode(word.fromObject({ text: 'hello' })).finish() ?? [])
    const answer = await h.client.call('/echo.Echo/Unary', [bytes], { metadata: paid() })
    expect(answer.code).toBe(status.OK)
    expect(method?.resolvedResponseType?.decode(answer.messages[0] as Buffer)).toMatchObject({ text: 'hello' })
  },
)

test('a tool calls the daemon’s own services by what it is told, and nobody has paid', async () => {
  await using h = await open()
  const types = await h.tool.typesFor('grpc.health.v1.Health')
  const answer = await h.client.call('/grpc.health.v1.Health/Check', [Buffer.alloc(0)])
  const told = types.lookupType('grpc.health.v1.HealthCheckResponse').decode(answer.messages[0] as Buffer)
  expect(told).toMatchObject({ status: 1 })
  expect(h.payments.reserved).toBe(0)
})

describe('what is asked', () => {
  let h: Awaited<ReturnType<typeof open>>
  beforeAll(async () => void (h = await open()))
  afterAll(async () => await h[Symbol.asyncDispose]())
  const ask: ReflectionClient['ask'] = async (request) => {
    using tool = new ReflectionClient(`127.0.0.1:${h.gateway.address.port}`)
    return await tool.ask(request)
  }

  const NAMES = { file_by_filename: 'words/word.proto' }
  test.each([
    ['a file', NAMES, 1],
    ['a service with what it needs', { file_containing_symbol: 'echo.Echo' }, 2],
    ['a method', { file_containing_symbol: 'echo.Echo.Unary' }, 2],
    ['a field', { file_containing_symbol: 'words.Word.text' }, 1],
    ['an extension', { file_containing_extension: { containing_type: 'words.Word', extension_number: 100 } }, 1],
    ['a file of the daemon', { file_by_filename: 'training/training_daemon.proto' }, 4],
  ])('%s is told', async (_what, request, files) => {
    const answer = await ask(request)
    expect(answer.file_descriptor_response?.file_descriptor_proto).toHaveLength(files)
    expect(answer.original_request).toMatchObject(request)
  })

  test('a file that was told on this call comes again only when it is asked for', async () => {
    using tool = new ReflectionClient(`127.0.0.1:${h.gateway.address.port}`)
    await tool.ask(NAMES)
    const again = await Promise.all([tool.ask({ file_containing_symbol: 'echo.Echo' }), tool.ask(NAMES)])
    expect(again.map((answer) => answer.file_descriptor_response?.file_descriptor_proto?.length)).toEqual([1, 1])
  })

  test('the numbers of extensions', async () => {
    const asked = { all_extension_numbers_of_type: 'words.Word' }
    expect((await ask(asked)).all_extension_numbers_response).toEqual({
      base_type_name: 'words.Word',
      extension_number: [100],
    })
  })

  test.each([
    [{ file_by_filename: '../../etc/passwd' }, 5],
    [{ file_by_filename: 'snetd/control/v1/control.proto' }, 5],
    [{ file_containing_symbol: '__proto__' }, 5],
    [{ file_containing_symbol: 'x'.repeat(60_000) }, 5],
    [{ file_containing_extension: {} }, 5],
    [{ all_extension_numbers_of_type: 'nobody' }, 5],
    [{}, 3],
  ])('%j in vain is an answer, and the call goes on', async (request, code) => {
    const { error_response: error } = await h.tool.ask(request)
    expect(error?.error_code).toBe(code)
    expect(error?.error_message?.length).toBeLessThan(300)
    expect(await h.tool.services()).toContain('echo.Echo')
  })
})

test('what is published anew is told from then on', async () => {
  await using h = await open()
  expect(await h.tool.services()).toContain('echo.Echo')
  h.files.replace(
    await describeAll({
      'new.proto': 'syntax = "proto3"; package n; message M {} service New { rpc m(M) returns (M); }',
    }),
  )
  expect(await h.tool.services()).toEqual([...OWN, 'n.New'])
  expect((await h.tool.ask({ file_containing_symbol: 'echo.Echo' })).error_response?.error_code).toBe(5)
})

test('who asks without end is refused, and others are served', async () => {
  const budget = new TokenBucket({ burst: 20, perSecond: 0.001 })
  await using h = await openHarness({ own: [...withReflection<OwnMethod>(new Map(), live([]), budget).values()] })
  using tool = new ReflectionClient(`127.0.0.1:${h.gateway.address.port}`)
  const ask = async () => {
    for (let i = 0; i < 1_000; i++) await tool.ask({ file_by_filename: 'grpc/health/v1/health.proto' })
  }
  await expect(ask()).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED })
  expect((await h.client.call('/echo.Echo/Unary', [Buffer.from('x')], { metadata: paid() })).code).toBe(status.OK)
})
