import { readFile, writeFile } from 'node:fs/promises'
import { connect, type IncomingHttpHeaders } from 'node:http2'
import { join } from 'node:path'
import { status } from '@grpc/grpc-js'
import { beforeAll, describe, expect, test } from 'vitest'
import { openProcessUpstream, type ProcessConfig } from '../../../../../src/daemon/gateway/index.js'
import { framed } from '../../../../support/by-hand.js'
import { RawClient } from '../../../../support/echo-service.js'
import { shellProgram, stayingProgram } from '../../../../support/program.js'
import { tempDir, type TempDir } from '../../../../support/temp-dir.js'
import { until } from '../../../../support/until.js'
import { type Harness, type HarnessOptions, openHarness, paid } from '../harness.js'

// Defects are numbered as in snet-behaviour 11.

let dir: TempDir
beforeAll(async () => {
  dir = await tempDir()
  return dir.remove
})

let programs = 0
const program = (lines: string): Promise<string> => shellProgram(dir.path, lines, `service-${programs++}.sh`)
const MIB = 1024 * 1024
const METHOD = '/text.Text/upper'
const once = { find: () => ({ asksOnce: true, answersOnce: true }) }

/** A gateway in front of a program. */
const open = (
  executable: string,
  config: Partial<ProcessConfig> = {},
  { env = { PATH: process.env['PATH'] }, ...more }: HarnessOptions & { env?: Record<string, string | undefined> } = {},
): Promise<Harness> =>
  openHarness({
    methods: once,
    openUpstream: (limits, { log }) =>
      openProcessUpstream(
        { ...limits, executable, maxProcesses: 4, maxWaiting: 8, isPool: false, maxBytes: 256 * MIB, ...config },
        { log, env, nameOf: (method) => method.slice(method.lastIndexOf('/') + 1) },
      ),
    ...more,
  })

const ask = (h: Harness, text: string | Buffer, extras: Parameters<Harness['client']['call']>[2] = {}) =>
  h.client.call(METHOD, [Buffer.from(text)], { metadata: paid(), ...extras })

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const pidsIn = async (file: string): Promise<number[]> =>
  (await readFile(file, 'utf8').catch(() => '')).split(/\s+/).filter(Boolean).map(Number)

describe('a process for each call', () => {
  test('gets the method as its argument and the request as its input; what it writes is the answer, and is paid', async () => {
    await using h = await open(await program('printf "%s:%s:" "$#" "$1"; tr a-z A-Z'))
    const reply = await ask(h, 'hello')
    expect([reply.code, String(reply.messages[0])]).toEqual([status.OK, '1:upper:HELLO'])
    expect(h.payments).toMatchObject({ committed: 1, released: 1, open: 0 })
  })

  test('sees nothing of the daemon’s secrets, and which service the method is of', async () => {
    const env = {
      PATH: process.env['PATH'],
      SNET_TOKEN_SECRET_KEY: 'secret',
      INFRA_TOKEN: 'secret',
      CREDENTIALS_DIRECTORY: '/secret',
      MODEL_DIR: '/models',
    }
    await using h = await open(await program('cat > /dev/null; env'), {}, { env })
    const lines = String((await ask(h, '')).messages[0]).split('\n')
    expect(lines).toContain('MODEL_DIR=/models')
    expect(lines).toContain(`SNET_METHOD=${METHOD}`)
    expect(lines.join(' ')).not.toContain('secret')
  })

  test.each([
    ['more than a pipe holds', 1 * MIB],
    ['nothing', 0],
  ])('takes and gives %s', async (_what, size) => {
    await using h = await open(await program('cat'))
    const body = Buffer.alloc(size, 7)
    expect((await ask(h, body)).messages[0]?.equals(body)).toBe(true)
  })

  test('a request and an answer of 100 MiB pass, which is more than pipes hold of either (defect 41)', async () => {
    const unread = { bytes: 404 * MIB, bytesPerConnection: 404 * MIB }
    const config = { maxMessageBytes: 101 * MIB, serviceTimeoutMs: 170_000, unread }
    await using h = await open(await program('cat'), {}, { config })
    const body = Buffer.alloc(100 * MIB, 3)
    const reply = await ask(h, body)
    expect(reply.code).toBe(status.OK)
    expect(reply.messages[0]?.equals(body)).toBe(true)
  }, 180_000)

  test('what it reads and writes are pipes, which it can open by name', async () => {
    await using h = await open(await program('echo said > /dev/stderr; cat /dev/stdin > /dev/stdout'))
    expect(String((await ask(h, 'x')).messages[0])).toBe('x')
    expect(h.log).toContain('executable: said')
  })

  test('a program that does not read its request may answer all the same', async () => {
    await using h = await open(await program('echo done'))
    expect(String((await ask(h, Buffer.alloc(MIB))).messages[0])).toBe('done\n')
  })

  test('what it says on stderr is in the log, as a terminal may show it, and not in the answer (defect 41)', async () => {
    await using h = await open(await program('printf "loading \\033[31mmodel\\n" >&2; cat'))
    expect(String((await ask(h, 'x')).messages[0])).toBe('x')
    expect(h.log).toContain('executable: loading \\u001b[31mmodel')
  })

  test('whoever writes to stderr without end fills neither log nor memory', async () => {
    await using h = await open(await program('yes "a line of no use" | head -c 5000000 >&2; echo done'))
    expect(String((await ask(h, 'x')).messages[0])).toBe('done\n')
    expect(h.log.filter((line) => line.startsWith('executable:')).length).toBeLessThan(100)
  })

  test('a compressed request is unpacked', async () => {
    await using h = await open(await program('cat'))
    using client = new RawClient(h.gateway.address, { 'grpc.default_compression_algorithm': 2 })
    const reply = await client.call(METHOD, [Buffer.alloc(10_000, 5)], { metadata: paid() })
    expect(reply.messages[0]?.equals(Buffer.alloc(10_000, 5))).toBe(true)
  })
})

describe('a program that fails costs its client nothing', () => {
  test.each([
    [
      'an exit code',
      'cat > /dev/null; echo half; echo why >&2; exit 3',
      'process failed: exit status 3; output=half\n',
    ],
    ['its death', 'kill -9 $$', 'process failed: signal: killed; output='],
    ['a crash', 'kill -SEGV $$', 'process failed: signal: segmentation fault; output='],
  ])('%s', async (_how, lines, details) => {
    await using h = await open(await program(lines))
    expect(await ask(h, 'x')).toMatchObject({ code: status.INTERNAL, details, messages: [] })
    expect(h.payments).toMatchObject({ committed: 0, released: 1, open: 0 })
  })

  test('one that is not there', async () => {
    await using h = await open(join(dir.path, 'nothing'))
    expect(await ask(h, 'x')).toMatchObject({
      code: status.INTERNAL,
      details: 'process failed: it cannot be started: ENOENT; output=',
    })
    expect(await h.upstream.health()).toEqual({
      ok: false,
      reason: 'executable_path names no program that can be started',
    })
  })

  test('an answer above the limit', async () => {
    await using h = await open(await program('yes'), {}, { config: { maxMessageBytes: 1000 } })
    expect(await ask(h, 'x')).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      details: expect.stringContaining('grpc: received message larger than max (') as string,
    })
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })
})

describe('the whole process group ends', () => {
  /** A shell that waits for another one, both deaf to SIGTERM. */
  const family = (file: string): string =>
    `trap '' TERM; sh -c "trap '' TERM; while :; do sleep 1; done" & echo $$ $! > ${file}; wait; wait`

  test.each([
    ['with the deadline of the call', { deadline: 500 }, status.DEADLINE_EXCEEDED],
    ['when the client cancels', { deadline: undefined }, status.CANCELLED],
  ])('%s', async (_when, { deadline }, code) => {
    const file = join(dir.path, `pids-${programs}`)
    await using h = await open(await program(family(file)))
    const stop = new AbortController()
    const extras = deadline ? { deadline: new Date(Date.now() + deadline) } : { signal: stop.signal }
    const reply = ask(h, 'x', extras)
    await until('both run', async () => (await pidsIn(file)).length === 2)
    if (!deadline) stop.abort()
    expect((await reply).code).toBe(code)
    const pids = await pidsIn(file)
    await until('both have ended', () => !pids.some(isAlive))
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test('with the answer: what the program leaves behind in its group goes', async () => {
    const file = join(dir.path, `pids-${programs}`)
    await using h = await open(await program(`sleep 1000 & echo $! > ${file}; cat`))
    expect(String((await ask(h, 'x')).messages[0])).toBe('x')
    const pids = await pidsIn(file)
    expect(pids).toHaveLength(1)
    await until('it has ended', () => !pids.some(isAlive))
  })

  test('with the daemon', async () => {
    const file = join(dir.path, `pids-${programs}`)
    const h = await open(await program(family(file)))
    const reply = ask(h, 'x')
    await until('both run', async () => (await pidsIn(file)).length === 2)
    await h[Symbol.asyncDispose]()
    await reply
    const pids = await pidsIn(file)
    await until('both have ended', () => !pids.some(isAlive))
  })
})

describe('places', () => {
  test('calls beyond the processes wait in line, and beyond the line are refused', async () => {
    const go = join(dir.path, 'go')
    const started = join(dir.path, 'started')
    await using h = await open(await program(`echo x >> ${started}; until [ -e ${go} ]; do sleep 0.02; done; cat`), {
      maxProcesses: 1,
      maxWaiting: 1,
    })
    const first = ask(h, 'first')
    await until('the first runs', async () => (await readFile(started, 'utf8').catch(() => '')) !== '')
    const second = ask(h, 'second')
    await until('two calls are in flight', () => h.gateway.callsInFlight === 2)
    const third = await ask(h, 'third')
    expect(third).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      details: '1 processes serve calls, and 1 calls wait for one already',
    })
    expect(await readFile(started, 'utf8')).toBe('x\n')
    await writeFile(go, '')
    expect([String((await first).messages[0]), String((await second).messages[0])]).toEqual(['first', 'second'])
    expect(h.payments).toMatchObject({ committed: 2, open: 0 })
  })

  test('a call that is cancelled while it waits leaves the line', async () => {
    const go = join(dir.path, 'go-2')
    await using h = await open(await program(`until [ -e ${go} ]; do sleep 0.02; done; cat`), {
      maxProcesses: 1,
      maxWaiting: 1,
    })
    const first = ask(h, 'first')
    await until('the first is in flight', () => h.gateway.callsInFlight === 1)
    const stop = new AbortController()
    const second = ask(h, 'second', { signal: stop.signal })
    await until('two calls are in flight', () => h.gateway.callsInFlight === 2)
    stop.abort()
    expect((await second).code).toBe(status.CANCELLED)
    await until('the second has left', () => h.gateway.callsInFlight === 1)
    const third = ask(h, 'third')
    await writeFile(go, '')
    expect([String((await first).messages[0]), String((await third).messages[0])]).toEqual(['first', 'third'])
  })
})

/** A call whose request is announced, and of which only a part has come. */
function beginCall(h: Harness, length: number) {
  const session = connect(`http://127.0.0.1:${h.gateway.address.port}`)
  const head = { ':method': 'POST', ':path': METHOD, 'content-type': 'application/grpc', te: 'trailers' }
  const stream = session.request({ ...head, ...paid().toHttp2Headers() })
  stream.on('error', () => undefined).resume()
  stream.write(framed(Buffer.alloc(1, 'x'), length))
  const code = new Promise<unknown>((done) => {
    const tell = (headers: IncomingHttpHeaders): void => {
      if (headers['grpc-status'] !== undefined) done(Number(headers['grpc-status']))
    }
    stream.once('response', tell).once('trailers', tell)
  })
  return { stream, code, [Symbol.dispose]: () => session.destroy() }
}

test('a client that stops within its request starts no process, and is left (defect 34)', async () => {
  const file = join(dir.path, `started-${programs}`)
  await using h = await open(await program(`echo x > ${file}; cat`), {}, { stallMs: 200 })
  using call = beginCall(h, 100)
  expect(await call.code).toBe(status.DEADLINE_EXCEEDED)
  expect(await readFile(file, 'utf8').catch(() => 'nothing')).toBe('nothing')
  expect(h.payments).toMatchObject({ committed: 0, open: 0 })
})

test('of more bytes of requests than are kept at a time, the request goes that has taken longest to come', async () => {
  await using h = await open(await program('cat'), { maxBytes: 1500 })
  using slow = beginCall(h, 1000)
  await until('the slow call pays', () => h.payments.open === 1)
  using quick = beginCall(h, 1000)
  expect(await slow.code).toBe(status.RESOURCE_EXHAUSTED)
  quick.stream.end(Buffer.alloc(999, 'x'))
  expect(await quick.code).toBe(status.OK)
  expect(h.payments).toMatchObject({ committed: 1, open: 0 })
})

test('the program itself may name the price of a call, in a process like any other (defect 39)', async () => {
  await using h = await open(
    await program(`if [ "$1" = price ]; then cat > /dev/null; printf '\\010\\005'; else cat; fi`),
  )
  h.payments.askAt = '/text.Text/price'
  expect(String((await ask(h, 'x')).messages[0])).toBe('x')
  expect(h.payments.quoted).toEqual([5n])
})

describe('processes that stay', () => {
  let staying: string
  const KINDS = `(method, bytes, raw, id) => {
    const word = String(bytes)
    if (word === 'fail') throw new Error('no such model')
    if (word === 'die') process.exit(7)
    if (word === 'hang') return undefined
    if (word === 'chatter') return void raw('loading the model\\n')
    // In one piece: the first of two that come one after the other is an answer.
    const one = [0, 0, 0, id, 0, 0, 0, 0, 1, 65]
    if (word === 'twice') return void raw(Buffer.from([...one, ...one]))
    return method + ' ' + process.pid + ' ' + word
  }`
  beforeAll(async () => {
    staying = await stayingProgram(dir.path, KINDS)
  })
  const openPool = (config: Partial<ProcessConfig> = {}): Promise<Harness> =>
    open(staying, { isPool: true, maxProcesses: 1, ...config })
  const pidOf = ({ messages }: { messages: Buffer[] }): number => Number(String(messages[0]).split(' ')[1])

  test('answer one call after the other', async () => {
    await using h = await openPool()
    const replies = await Promise.all(['a', 'b', 'c'].map((text) => ask(h, text)))
    expect(replies.map(({ messages }) => String(messages[0]).replace(/ \d+ /, ' '))).toEqual([
      'upper a',
      'upper b',
      'upper c',
    ])
    expect(new Set(replies.map(pidOf)).size).toBe(1)
    expect(h.payments.committed).toBe(3)
  })

  test('take a megabyte, and give it back', async () => {
    await using h = await openPool()
    const reply = await ask(h, Buffer.alloc(MIB, 65))
    expect(reply.messages[0]).toHaveLength(MIB + `upper ${pidOf(reply)} `.length)
  })

  test('fail a call by themselves and stay', async () => {
    await using h = await openPool()
    const before = pidOf(await ask(h, 'x'))
    expect(await ask(h, 'fail')).toMatchObject({
      code: status.INTERNAL,
      details: 'process failed: exit status 1; output=no such model',
    })
    expect(pidOf(await ask(h, 'x'))).toBe(before)
    expect(h.payments).toMatchObject({ committed: 2, open: 0 })
  })

  test.each([
    ['die', 'process failed: exit status 7; output='],
    ['chatter', 'process failed: it wrote what is no answer to its question; output='],
    ['twice', 'process failed: it wrote what is no answer to its question; output='],
  ])('are replaced when they %s, and the call costs nothing', async (word, details) => {
    await using h = await openPool()
    const before = pidOf(await ask(h, 'x'))
    expect(await ask(h, word)).toMatchObject({ code: status.INTERNAL, details, messages: [] })
    const after = pidOf(await ask(h, 'x'))
    expect(after).not.toBe(before)
    await until('the first has ended', () => !isAlive(before))
    expect(h.payments).toMatchObject({ committed: 2, open: 0 })
  })

  test('are replaced when their call is over before they answer', async () => {
    await using h = await openPool()
    const before = pidOf(await ask(h, 'x'))
    expect((await ask(h, 'hang', { deadline: new Date(Date.now() + 300) })).code).toBe(status.DEADLINE_EXCEEDED)
    expect(pidOf(await ask(h, 'x'))).not.toBe(before)
    await until('the first has ended', () => !isAlive(before))
  })

  test('that died between two calls are replaced', async () => {
    await using h = await openPool()
    const before = pidOf(await ask(h, 'x'))
    process.kill(before, 'SIGKILL')
    await until('it has ended', () => !isAlive(before))
    expect(pidOf(await ask(h, 'x'))).not.toBe(before)
  })

  test('end with the daemon', async () => {
    const h = await openPool()
    const pid = pidOf(await ask(h, 'x'))
    await h[Symbol.asyncDispose]()
    expect(isAlive(pid)).toBe(false)
  })
})
