import { readdir, readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { compileApart } from '../../../src/content/compile-apart.js'
import { createProtoArchive, toDescriptors } from '../../../src/content/index.js'
import { until } from '../../support/until.js'

const HEAD = 'syntax = "proto3"; package p; message A { string text = 1; } service S { rpc m(A) returns (A); }\n'
const times = (n: number, part: (i: number) => string): string =>
  Array.from({ length: n }, (_none, i) => part(i)).join('')
/** Within all bounds, and seconds of work for the parser. */
const heavy = () =>
  createProtoArchive({
    'a.proto': HEAD + times(9, (j) => `message M${j} {${times(1_990, (i) => `bool f${i} = ${i + 1};`)}}`),
  })

/** Processes that this one has started and that are at work, by their command lines (Linux). */
async function compilers(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [stat, line] = await Promise.all(
        ['stat', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
      )
      const [, state, parent] = /^\d+ \(.*\) (\S) (\d+)/.exec(stat ?? '') ?? []
      return Number(parent) === process.pid && state !== 'Z' && line?.includes('compiler.ts') ? [line] : []
    }),
  )
  return found.flat()
}

test('an archive is compiled in another process, and its messages are known in this one', async () => {
  const archive = await createProtoArchive({ 'a.proto': HEAD, 'bad.proto': 'message {' })
  const { methods, faults } = toDescriptors(await compileApart(archive))
  const method = methods.get('/p.S/m')
  expect(method?.encodeRequest({ text: 'hi' })).toEqual(Buffer.from('0a026869', 'hex'))
  expect(method?.decodeResponse(Buffer.from('0a026869', 'hex'))).toEqual({ text: 'hi' })
  expect(faults).toEqual(["bad.proto: illegal type name '{' (line 1)"])
})

test.each([
  ['no proto file', async () => await createProtoArchive({ 'README.md': '' }), 'not-found', 'holds no proto files'],
  ['a bomb', async () => gzipSync(Buffer.alloc(100_000_000)), 'invalid-config', 'larger than 16777216 bytes unpacked'],
])('what is wrong with %s is told as by that process', async (_what, archive, kind, message) => {
  await expect(compileApart(await archive())).rejects.toMatchObject({
    kind,
    message: expect.stringContaining(message) as string,
    hint: expect.stringMatching(/^Publish /) as string,
  })
})

describe('a compiler at work', () => {
  test('ends with the time', async () => {
    const compiling = compileApart(await heavy(), { limits: { timeoutMs: 500, memoryMb: 512 } })
    await expect(compiling).rejects.toMatchObject({
      kind: 'timed-out',
      message: 'the proto files of the service were not compiled within 0.5 s',
    })
    await until('the compiler has gone', async () => (await compilers()).length === 0)
  })

  test('ends with whoever waits for it', async () => {
    const caller = new AbortController()
    const compiling = compileApart(await heavy(), { signal: caller.signal })
    compiling.catch(() => undefined)
    await until('a compiler is at work', async () => (await compilers()).length === 1)
    caller.abort()
    await expect(compiling).rejects.toMatchObject({ kind: 'cancelled' })
    await until('the compiler has gone', async () => (await compilers()).length === 0)
  })

  test('takes nobody with it when its memory is full', async () => {
    const limits = { timeoutMs: 60_000, memoryMb: 10 }
    await expect(compileApart(await heavy(), { limits })).rejects.toMatchObject({
      kind: 'invalid-config',
      message: expect.stringMatching(/cannot be compiled: the compiler ended \(.*\), with 10 MB to use$/) as string,
    })
  })
})
