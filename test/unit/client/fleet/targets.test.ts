import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { resolveTargets } from '../../../../src/client/fleet/fleet-flags.js'

let directory: string
let token: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'targets-'))
  token = join(directory, 'token')
  await writeFile(token, 'secret\n')
})
afterEach(() => rm(directory, { recursive: true }))

const accessOf = async (flags: Parameters<typeof resolveTargets>[0]) =>
  (await resolveTargets(flags)).map(({ access }) => ({ ...access, tls: access.tls !== undefined }))

describe('how a host is reached', () => {
  test('this host, when none is named, in cleartext', async () => {
    expect(await accessOf({})).toEqual([{ address: '127.0.0.1:9090', token: undefined, tls: false }])
  })

  test('another host with TLS, unless that is not wanted', async () => {
    expect(await accessOf({ host: ['10.0.0.1', 'localhost:1', '[::1]:2'] })).toMatchObject([
      { tls: true },
      { tls: false },
      { tls: false },
    ])
    expect(await accessOf({ host: ['10.0.0.1'], insecure: true })).toMatchObject([{ tls: false }])
  })

  test('with TLS wherever a token is sent', async () => {
    expect(await accessOf({ 'token-file': token })).toEqual([{ address: '127.0.0.1:9090', token: 'secret', tls: true }])
    expect(await accessOf({ 'token-file': token, insecure: true })).toMatchObject([{ token: 'secret', tls: false }])
  })

  test('by its name in an inventory', async () => {
    const inventory = join(directory, 'Hosts.yaml')
    await writeFile(
      inventory,
      'peers:\n  Peer1: {address: 127.0.0.1, berty: "127.0.0.1:9091"}\n  peer2:\n    address: 127.0.0.1:7\n',
    )
    expect(await resolveTargets({ inventory })).toMatchObject([
      { name: 'Peer1', address: '127.0.0.1:9090', berty: '127.0.0.1:9091', kind: 'peer' },
      { name: 'peer2', address: '127.0.0.1:7' },
    ])
  })

  test('files that cannot be used are told by their flag', async () => {
    await writeFile(token, '\n')
    await expect(resolveTargets({ 'token-file': token })).rejects.toThrow(`--token-file: ${token} is empty`)
    await expect(resolveTargets({ 'tls-ca': join(directory, 'none') })).rejects.toThrow('--tls-ca: ')
    await expect(resolveTargets({ inventory: join(directory, 'none') })).rejects.toThrow('cannot be read')
    await expect(resolveTargets({ host: ['a:b'] })).rejects.toThrow('--host: "a:b" is no HOST')
  })
})
