import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Fleet } from '../../../src/client/fleet/index.js'
import { resolveTargets } from '../../../src/client/fleet/fleet-flags.js'
import type { FleetFlagValues } from '../../../src/client/fleet/fleet-variables.js'
import { makeCertificates } from '../../support/certificates.js'
import { startControlHost } from '../../support/control-host.js'
import { tempDir } from '../../support/temp-dir.js'

const certificates = await makeCertificates()
const server = certificates.make('server')
const client = certificates.make('client')
let directory: string
beforeAll(async () => {
  const temp = await tempDir()
  directory = temp.path
  return temp.remove
})
afterAll(async () => {
  await certificates[Symbol.asyncDispose]()
})

async function fileOf(name: string, content: string, mode = 0o600): Promise<string> {
  const path = join(directory, name)
  await writeFile(path, content)
  await chmod(path, mode)
  return path
}

async function resolved(flags: FleetFlagValues, env: Record<string, string> = {}) {
  const warnings: string[] = []
  return { targets: await resolveTargets(flags, (text) => warnings.push(text), env), warnings }
}

describe('where a token goes', () => {
  test.each([
    [['127.0.0.1'], {}, false],
    [['localhost:7000'], {}, false],
    [['[::1]'], {}, false],
    [['10.0.0.7'], {}, true],
    [['[::ffff:127.0.0.1]'], {}, false],
    [['127.0.0.1.example.org'], {}, true],
    [['127.999.0.1'], {}, true],
    [['10.0.0.7'], { insecure: true }, false],
  ])('%j %j: TLS %s', async (host, flags, isTls) => {
    const { targets } = await resolved({ host, ...flags })
    expect(targets.map(({ access }) => access.tls !== undefined)).toEqual([isTls])
  })

  test('with a token TLS is spoken to every host, this one too, until --insecure says otherwise', async () => {
    const flags = { host: ['127.0.0.1', '10.0.0.7'], 'token-file': await fileOf('token', 'secret\n') }
    const { targets, warnings } = await resolved(flags)
    expect(targets.map(({ access }) => [access.token, access.tls])).toEqual([
      ['secret', {}],
      ['secret', {}],
    ])
    expect(warnings).toEqual([])
    const plain = await resolved({ ...flags, insecure: true })
    expect(plain.targets.map(({ access }) => [access.token, access.tls])).toEqual([
      ['secret', undefined],
      ['secret', undefined],
    ])
  })

  test('a token that others on this host may read is refused', async () => {
    const path = await fileOf('open-token', 'secret', 0o640)
    await expect(resolved({ 'token-file': path })).rejects.toMatchObject({
      kind: 'invalid-request',
      message: `--token-file: others on this host may read ${path}; run "chmod 600 ${path}"`,
    })
  })
})

describe('variables of the environment', () => {
  const asAccess = ({ targets }: Awaited<ReturnType<typeof resolved>>) =>
    targets.map(({ name, address, access }) => [name, address, access.token, access.tls])

  test('stand for the flags', async () => {
    const inventory = await fileOf('env.yaml', 'peers: {a: {address: 10.0.0.1}}')
    const env = {
      INFRA_INVENTORY: inventory,
      INFRA_TOKEN_FILE: await fileOf('env-token', 'secret'),
      ...{ INFRA_TLS_CA: server.certFile, INFRA_TLS_CERT: client.certFile, INFRA_TLS_KEY: client.keyFile },
    }
    const tls = { ca: server.cert, cert: client.cert, key: client.key }
    expect(asAccess(await resolved({}, env))).toEqual([['a', '10.0.0.1:9090', 'secret', tls]])
    const two = await resolved({}, { INFRA_HOST: '10.0.0.2, 10.0.0.3:7000', INFRA_INSECURE: 'true' })
    expect(asAccess(two)).toEqual([
      ['10.0.0.2', '10.0.0.2:9090', undefined, undefined],
      ['10.0.0.3:7000', '10.0.0.3:7000', undefined, undefined],
    ])
  })

  test('give way to what is typed', async () => {
    const env = { INFRA_INVENTORY: '/none', INFRA_TOKEN_FILE: '/none', INFRA_TLS_CA: '/none' }
    const token = await fileOf('typed-token', 'typed')
    const typed = await resolved({ host: ['10.0.0.9'], 'token-file': token, insecure: true }, env)
    expect(asAccess(typed)).toEqual([['10.0.0.9', '10.0.0.9:9090', 'typed', undefined]])
    const trusted = await resolved({ host: ['10.0.0.9'], 'tls-ca': server.certFile }, { INFRA_INSECURE: 'true' })
    expect(trusted.targets[0]?.access.tls).toEqual({ ca: server.cert })
  })

  test.each<[string, FleetFlagValues, Record<string, string>, string]>([
    [
      'hosts and an inventory, typed',
      { host: ['a'], inventory: 'b' },
      {},
      '--host and --inventory cannot be used together',
    ],
    ['both in the environment', {}, { INFRA_HOST: 'a', INFRA_INVENTORY: 'b' }, '--host and --inventory cannot'],
    ['TLS and none', { insecure: true, 'tls-ca': 'x' }, {}, '--insecure and --tls-ca cannot be used together'],
    ['a certificate without key', {}, { INFRA_TLS_CERT: 'x' }, '--tls-key is required with --tls-cert'],
    ['neither yes nor no', {}, { INFRA_INSECURE: 'perhaps' }, 'INFRA_INSECURE: expected true or false, got "perhaps"'],
  ])('%s is refused', async (_name, typed, env, message) => {
    await expect(resolved(typed, env)).rejects.toMatchObject({ message: expect.stringContaining(message) })
  })
})

test.each([
  ['an empty token', async () => ({ 'token-file': await fileOf('empty', '\n') }), /--token-file: .* is empty/],
  ['no word', async () => ({ 'token-file': await fileOf('words', 'two words') }), /--token-file: .* contains no token/],
  ['no token file', async () => ({ 'token-file': join(directory, 'nowhere') }), /--token-file: .* cannot be read/],
  ['no authority', async () => ({ 'tls-ca': await fileOf('ca', 'hello') }), /--tls-ca: .* contains no certificate/],
  [
    'a key of another certificate',
    async () => ({ 'tls-cert': server.certFile, 'tls-key': client.keyFile }),
    /--tls-key: .* is not the private key of/,
  ],
  ['a host twice', async () => ({ host: ['peer', 'peer:9090'] }), /--host: peer:9090 is given twice/],
  ['no host', async () => ({ host: ['http://peer'] }), /--host: "http:\/\/peer" is not HOST/],
  ['a port beyond all', async () => ({ host: ['peer:0'] }), /--host: "peer:0" is not HOST/],
])('%s is refused, with the flag', async (_, flags, message) => {
  await expect(resolved(await flags())).rejects.toMatchObject({
    kind: 'invalid-request',
    message: expect.stringMatching(message),
  })
})

describe('an inventory', () => {
  const hostsOf = async (yaml: string) =>
    (await resolved({ inventory: await fileOf('hosts.yaml', yaml) })).targets.map(({ name, address, kind, berty }) => [
      name,
      address,
      kind,
      berty,
    ])

  test('is a list or a map of names, in its order', async () => {
    const expected = [
      ['b', '10.0.0.2:9090', 'peer', '127.0.0.1:9091'],
      ['a', 'localhost:7000', 'relay', undefined],
    ]
    expect(
      await hostsOf(
        'peers:\n- {name: b, address: 10.0.0.2, berty: "127.0.0.1:9091"}\n- {name: a, address: "localhost:7000", kind: relay}\n',
      ),
    ).toEqual(expected)
    expect(
      await hostsOf(
        'peers:\n  b: {address: 10.0.0.2, berty: "127.0.0.1:9091"}\n  a: {address: "localhost:7000", kind: relay}\n',
      ),
    ).toEqual(expected)
  })

  test('tells every fault at once', async () => {
    const path = await fileOf(
      'bad.yaml',
      'peers:\n- {address: x}\n- {name: a}\n- {name: a, address: "h:99999"}\n- {name: b, address: x}\n',
    )
    const refusal = await resolved({ inventory: path }).then(
      () => 'nothing',
      (fault: Error) => fault.message,
    )
    expect(refusal.split('\n')).toEqual(
      [
        'entry 1 has no name',
        'a has no address',
        'a: "h:99999" is not HOST or HOST:PORT',
        'two peers have the name a',
        'two peers have the address x:9090',
      ].map((fault) => `the inventory ${path}: ${fault}`),
    )
  })

  test.each([
    ['an unknown kind', '{a: {address: x, kind: relais}}', 'a: unknown kind relais; did you mean relay?'],
    [
      'a kind like none',
      '{a: {address: x, kind: printer}}',
      'a: unknown kind printer (peer, replication, rdvp, relay,',
    ],
    ['an unknown key', '{a: {adress: x, address: y}}', 'a: unknown key adress; did you mean address?'],
    ['an unknown key beside the peers', '{a: {address: y}}\npeer: 3', 'unknown key peer; did you mean peers?'],
  ])('%s is refused with the nearest', async (_name, peers, message) => {
    await expect(hostsOf(`peers: ${peers}\n`)).rejects.toMatchObject({
      kind: 'invalid-request',
      message: expect.stringContaining(message),
    })
  })

  test.each(['', 'peers: []', 'hosts: [a]', 'peers: 3', '- a', 'peers: ['])('%j has no peers', async (yaml) => {
    await expect(hostsOf(yaml)).rejects.toMatchObject({ kind: 'invalid-request' })
  })
})

describe('TLS', () => {
  const answers = { GetPeer: () => ({ state: 'CONNECTED' as const }) }
  const ask = async (address: string, flags: FleetFlagValues) => {
    using fleet = new Fleet((await resolved({ ...flags, host: [address] })).targets)
    const [outcome] = await fleet.each((peer) => peer.call('GetPeer', {}))
    return outcome
  }

  test('the authority of --tls-ca vouches for a host, which gets the token and a certificate of ours', async () => {
    await using host = await startControlHost(answers, { tls: { ...server, ca: client.cert } })
    const flags = { 'tls-ca': server.certFile, 'token-file': await fileOf('tls-token', 'secret') }
    expect(await ask(host.address, flags)).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
    const pair = { 'tls-cert': client.certFile, 'tls-key': client.keyFile }
    expect(await ask(host.address, { ...flags, ...pair })).toMatchObject({ ok: true })
    expect(host.asked).toEqual([expect.objectContaining({ method: 'GetPeer', authorization: 'Bearer secret' })])
  })

  test.each<[string, object | undefined, () => FleetFlagValues, string, string]>([
    [
      'a wrong authority',
      server,
      () => ({ 'tls-ca': client.certFile }),
      'its certificate is of an authority that is not trusted here',
      'not signed by the authority in --tls-ca',
    ],
    [
      'no authority',
      server,
      () => ({ 'token-file': join(directory, 'cure-token') }),
      'its certificate is of an authority that is not trusted here',
      '--tls-ca names the authority',
    ],
    [
      'a plaintext port',
      undefined,
      () => ({ 'tls-ca': server.certFile }),
      'what listens there does not speak TLS',
      'infra_tls_cert',
    ],
    ['a port with TLS', server, () => ({}), 'it closed the connection', 'It may require TLS'],
    [
      'no certificate of ours',
      { ...server, ca: client.cert },
      () => ({ 'tls-ca': server.certFile }),
      'it does not accept our certificate',
      '--tls-cert',
    ],
  ])('%s has its own cure', async (_name, tls, flags, reason, cure) => {
    await fileOf('cure-token', 'secret')
    await using host = await startControlHost(answers, tls && { tls: tls as typeof server })
    const outcome = await ask(host.address, flags())
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'unavailable', hint: expect.stringContaining(cure) } })
    const { message } = (outcome as { error: Error }).error
    expect(message).toMatch(new RegExp(`^no control daemon answers at ${host.address}: ${reason}[^.\n]*$`))
  })

  test('a name that does not resolve has its own cure', async () => {
    expect(await ask('no-such-host.invalid', { insecure: true })).toMatchObject({
      error: {
        message: 'no control daemon answers at no-such-host.invalid:9090: the name does not resolve',
        hint: expect.stringContaining('getent hosts no-such-host.invalid'),
      },
    })
  })

  test('a certificate for another address than that of the host is not enough', async () => {
    const other = certificates.make('other', 'IP:127.0.0.2')
    await using host = await startControlHost(answers, { tls: other })
    const outcome = await ask(host.address, { 'tls-ca': other.certFile })
    expect(outcome).toMatchObject({
      ok: false,
      error: {
        message: expect.stringContaining('its certificate is for other names'),
        hint: expect.stringContaining('put 127.0.0.1 into the subjectAltName'),
      },
    })
  })

  test('a host with a certificate of somebody else is not told the token', async () => {
    await using host = await startControlHost(answers, { tls: server })
    const flags = { 'tls-ca': client.certFile, 'token-file': await fileOf('kept', 'secret') }
    const outcome = await ask(host.address, flags)
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
    expect(host.asked).toEqual([])
  })
})
