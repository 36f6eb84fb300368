import { expect, test } from 'vitest'
import { argumentsOf, type EtcdServerConfig, ownUrl } from '../../../../src/daemon/etcd-server/config.js'

const config: EtcdServerConfig = {
  ...{ program: 'etcd', id: 'b', scheme: 'http', host: '10.0.0.2', clientPort: 2379, peerPort: 2380, token: 'one' },
  cluster: 'a=http://10.0.0.1:2380, b=http://10.0.0.2:2380',
  ...{ startupTimeoutMs: 1, dataDir: '/data', logLevel: 'INFO', logOutputs: ['./etcd.log'], tls: undefined },
  pidFile: '/pid',
}

function valueOf(name: string, args: readonly string[]): string | undefined {
  return args[args.indexOf(`--${name}`) + 1]
}

test('a member is told of all members, and tells them and its clients where it is', () => {
  const args = argumentsOf(config)
  expect(valueOf('initial-cluster', args)).toBe(config.cluster)
  expect(valueOf('initial-cluster-token', args)).toBe('one')
  expect(valueOf('initial-advertise-peer-urls', args)).toBe('http://10.0.0.2:2380')
  expect(valueOf('advertise-client-urls', args)).toBe('http://10.0.0.2:2379')
  expect(valueOf('log-level', args)).toBe('info')
  expect(valueOf('log-outputs', args)).toBe('stderr,./etcd.log')
})

test('a member that listens everywhere is known by its address in the cluster, and asked over loopback', () => {
  const everywhere = { ...config, host: '0.0.0.0' }
  expect(valueOf('listen-peer-urls', argumentsOf(everywhere))).toBe('http://0.0.0.0:2380')
  expect(valueOf('advertise-client-urls', argumentsOf(everywhere))).toBe('http://10.0.0.2:2379')
  expect(ownUrl(everywhere)).toBe('http://127.0.0.1:2379')
})

test('streams of the reference’s log are the daemon’s to pass on', () => {
  expect(valueOf('log-outputs', argumentsOf({ ...config, logOutputs: ['stdout', 'default'] }))).toBe('stderr')
})

test('over https members and clients prove themselves by the same files', () => {
  const tls = { certFile: '/cert', keyFile: '/key', caFile: '/ca' }
  const args = argumentsOf({ ...config, scheme: 'https', tls })
  for (const side of ['', 'peer-']) {
    expect(valueOf(`${side}cert-file`, args)).toBe('/cert')
    expect(valueOf(`${side}trusted-ca-file`, args)).toBe('/ca')
    expect(args).toContain(`--${side}client-cert-auth`)
  }
})

test.each(['a=http://10.0.0.1:2380', 'b', 'b=nowhere', ''])(
  'a cluster without this member (%s) is refused',
  (cluster) => {
    expect(() => argumentsOf({ ...config, cluster })).toThrow('cluster does not name this member: expected b=URL')
  },
)
