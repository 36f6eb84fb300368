import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encryptKeystoreJson } from 'ethers'
import { beforeEach, expect, test } from 'vitest'
import { parseDescriptors } from '../../support/parse-descriptors.js'
import type { SnetError } from '../../../src/shared/errors.js'
import { readKey } from '../../../src/wallet/index.js'
import { findMethod } from '../../../src/wallet/method.js'
import { endpointOf } from '../../../src/wallet/endpoint.js'
import { tempDir } from '../../support/temp-dir.js'

const HEX = '11'.repeat(32)
const ADDRESS = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'

let directory: string
beforeEach(async () => {
  const temp = await tempDir()
  directory = temp.path
  return temp.remove
})

const file = async (content: string, mode = 0o600): Promise<string> => {
  const path = join(directory, 'file')
  await writeFile(path, content, { mode })
  return path
}

test.each([HEX, `0x${HEX}`, `${HEX}\n`])('a key file holds 64 hex digits: %j', async (content) => {
  expect((await readKey({ file: await file(content) })).address).toBe(ADDRESS)
})

test('a key that others may read is refused, with the cure', async () => {
  const path = await file(HEX, 0o644)
  await expect(readKey({ file: path })).rejects.toMatchObject({ kind: 'invalid-config', hint: `chmod 600 ${path}` })
})

test.each(['', 'zz'.repeat(32), HEX.slice(2), '00'.repeat(32), 'ff'.repeat(32)])(
  'what is no key is refused and not repeated: %j',
  async (content) => {
    const refused = await readKey({ variable: 'SNETD_PRIVATE_KEY', value: content }).catch(
      (error: unknown) => error as Error,
    )
    expect(refused).toMatchObject({
      kind: 'invalid-config',
      message: 'the variable SNETD_PRIVATE_KEY holds no private key',
    })
  },
)

test('a keystore opens with its password and with no other', async () => {
  const keystore = join(directory, 'keystore.json')
  const cheap = { scrypt: { N: 1024, r: 8, p: 1 } }
  const text = await encryptKeystoreJson({ address: ADDRESS, privateKey: `0x${HEX}` }, 'right', cheap)
  await writeFile(keystore, text, { mode: 0o600 })
  const password = await file('right\n')
  expect((await readKey({ keystore, passwordFile: password })).address).toBe(ADDRESS)
  await writeFile(password, 'wrong')
  await expect(readKey({ keystore, passwordFile: password })).rejects.toMatchObject({ kind: 'invalid-config' })
})

const PROTO = `syntax = "proto3"; package pkg; message M {}
  service Calculator { rpc add(M) returns (M); rpc sub(M) returns (M); }
  service Other { rpc add(M) returns (M); }`
const descriptors = parseDescriptors(new Map([['a.proto', PROTO]]))

test.each([
  ['sub', '/pkg.Calculator/sub'],
  ['Calculator/add', '/pkg.Calculator/add'],
  ['pkg.Other/add', '/pkg.Other/add'],
  ['/pkg.Other/add', '/pkg.Other/add'],
])('the method %s is %s', (wanted, path) => {
  expect(findMethod(descriptors, wanted).path).toBe(path)
})

test('a name of several methods, or of none, is refused with the choices', () => {
  expect(() => findMethod(descriptors, 'add')).toThrow(
    expect.objectContaining({ kind: 'invalid-request', hint: 'Its methods: /pkg.Calculator/add, /pkg.Other/add.' }),
  )
  expect(() => findMethod(descriptors, 'mul')).toThrow(expect.objectContaining({ kind: 'not-found' }))
})

test('a service of many methods names the first of them', () => {
  const rpcs = Array.from({ length: 900 }, (_none, i) => `rpc ${'m'.repeat(200)}${i}(M) returns (M);`).join('')
  const proto = `syntax = "proto3"; message M {} service S { ${rpcs} }`
  let hint = ''
  try {
    findMethod(parseDescriptors(new Map([['a.proto', proto]])), 'gone')
  } catch (fault) {
    hint = (fault as SnetError).hint ?? ''
  }
  expect(hint).toMatch(/ and 880 more\.$/)
  expect(hint.length).toBeLessThan(3_000)
})

test.each([
  ['http://host:7000', 'host:7000', false],
  ['https://host', 'host:443', true],
  ['host:7000', 'host:7000', false],
  ['http://[::1]:7000', '[::1]:7000', false],
])('the endpoint %s is %s, TLS %s', (text, hostPort, tls) => {
  expect(endpointOf(text)).toEqual({ hostPort, tls })
})
