import { createServer, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { groupIdFromBytes } from '../../src/shared/units.js'
import { type CliResult, runCli } from '../support/cli.js'
import { openTestNetwork } from '../support/network.js'

/** A daemon that answers as each test says; what it was sent is in `asked`. */
let answer: (stream: ServerHttp2Stream) => void
let asked: string[] = []
const server = createServer()
server.on('sessionError', () => undefined)
server.on('stream', (stream, headers) => {
  const path = headers[':path'] as string
  asked.push(path)
  stream.on('error', () => undefined).resume()
  if (path.endsWith('GetChannelState')) reply([Buffer.alloc(0)])(stream)
  else answer(stream)
})

let network: Network
let endpoint: string
beforeAll(async () => {
  network = await openTestNetwork()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`
}, 60_000)
afterAll(async () => {
  server.close()
  await network?.[Symbol.asyncDispose]()
})

const ADDRESS = { ':status': 200, 'content-type': 'application/grpc' }
const frame = (message: Buffer): Buffer => {
  const head = Buffer.alloc(5)
  head.writeUInt32BE(message.length, 1)
  return Buffer.concat([head, message])
}
const reply = (messages: readonly Buffer[]) => (stream: ServerHttp2Stream) => {
  stream.respond(ADDRESS, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
  stream.end(Buffer.concat(messages.map(frame)))
}

const call = (...rest: string[]): Promise<CliResult> => {
  asked = []
  const { organization, service } = network.names
  const where = ['--config', network.configFile, '--key-file', network.keyFile, '--endpoint', endpoint]
  return runCli(['call', organization, service, ...rest, ...where])
}
/** Value { value: 1 } */
const ONE = Buffer.from('09000000000000f03f', 'hex')

describe('what a daemon says moves no terminal', () => {
  const EVIL = '\u001b]0;owned\u0007\u001b[2Jpaid\r\n$ rm \u009b31m\u202e'
  const encoded = [...Buffer.from(EVIL)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

  test.each([[[]], [['--json']]])('in an error and its hint, with %j', async (flags) => {
    answer = (stream) =>
      stream.respond(
        {
          ...ADDRESS,
          'grpc-status': '9',
          'grpc-message': encoded,
          'snetd-error-kind': 'rate-limited',
          'snetd-error-hint': encoded,
        },
        { endStream: true },
      )
    const { code, stdout, stderr } = await call('add', ...flags)
    expect(code).toBe(5)
    expect(stdout + stderr).toMatch(/^[\x20-\x7e\n]+$/)
    expect(stdout + stderr).toContain('\\u001b]0;owned\\u0007')
    if (flags.length === 0) expect(stderr).not.toMatch(/^\$ rm/m)
    else expect((JSON.parse(stderr) as { error: { message: string } }).error.message).toBe(EVIL)
  })

  test('nor does it fill it', async () => {
    answer = (stream) => {
      stream.respond({ ...ADDRESS, 'grpc-status': '9', 'grpc-message': 'x'.repeat(30_000) }, { endStream: true })
    }
    expect((await call('add')).stderr.length).toBeLessThan(12_000)
  })
})

describe('an answer that is none', () => {
  test.each([
    ['two messages where one is due', [ONE, ONE], 'the answer has more than one message'],
    ['no message', [], 'the answer has no message'],
    ['a message of another type', [Buffer.from('08', 'hex')], 'the answer is no Result'],
    ['more than is taken', [Buffer.alloc(2_000)], 'a message of 2000 bytes, more than the 1000 that are taken'],
  ])('%s: the caller learns that he may have paid', async (_what, messages, text) => {
    answer = reply(messages)
    const { code, stdout, stderr } = await call('add', '--max-message-size', '1000')
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' })
    expect(stderr).toContain(text)
    expect(stderr).toContain('; the call may have been paid')
  })

  test('a stream without end is not collected for --json', async () => {
    answer = (stream) => {
      stream.respond(ADDRESS)
      const part = Buffer.concat(Array.from({ length: 1000 }, () => frame(ONE)))
      const go = (): void => {
        while (!stream.destroyed && stream.write(part));
      }
      stream.on('drain', go)
      go()
    }
    const { code, stderr } = await call('count', '--json', '--max-message-size', '10kB')
    expect(code).toBe(7)
    expect(stderr).toContain('the answers are larger than 10000 bytes; the call may have been paid')
  })
})

describe('a channel that this provider cannot be paid from', () => {
  test.each([
    [
      'of another recipient',
      { recipient: `0x${'1'.repeat(40)}` as never },
      'it pays 0x1111111111111111111111111111111111111111',
    ],
    ['of another group', { groupId: groupIdFromBytes(Buffer.alloc(32, 7)) }, `it is of group 0x${'07'.repeat(32)}`],
    ['expired', { expiration: 1n }, 'it expired at block 1'],
  ])('%s: nothing is signed and nobody is asked', async (_what, changes, text) => {
    answer = reply([ONE])
    const channel = await network.openChannel(changes)
    const { code, stderr } = await call('add', '--channel', String(channel))
    expect(code).toBe(5)
    expect(stderr).toContain(`channel ${channel} cannot pay for this call: ${text}`)
    expect(asked).toEqual([])
  })
})
