import { expect, test } from 'vitest'
import { type Etcd, startEtcd, startEtcdCluster } from '../../support/etcd.js'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const put = (etcd: Etcd, key: string, value: string): Promise<unknown> =>
  etcd.post('/v3/kv/put', { key: base64(key), value: base64(value) })

async function read(etcd: Etcd, key: string): Promise<string | undefined> {
  const { kvs = [] } = (await etcd.post('/v3/kv/range', { key: base64(key) })) as { kvs?: { value: string }[] }
  return kvs[0] && Buffer.from(kvs[0].value, 'base64').toString()
}

test('an etcd that was killed has what it had, at the same place', async () => {
  await using etcd = await startEtcd()
  const { endpoint, pid } = etcd
  await put(etcd, 'key', 'value')
  await etcd.kill()
  expect(await etcd.isHealthy()).toBe(false)
  await etcd.restart()
  expect(await read(etcd, 'key')).toBe('value')
  expect(etcd.endpoint).toBe(endpoint)
  expect(etcd.pid).not.toBe(pid)
})

test('an etcd with TLS asks clients for a certificate', async () => {
  await using etcd = await startEtcd({ tls: true })
  expect(etcd.endpoint).toMatch(/^https:/)
  expect(await etcd.isHealthy()).toBe(true)
  await expect(fetch(`${etcd.endpoint}/health`)).rejects.toThrow()
})

test('an etcd with a user asks for the password', async () => {
  await using etcd = await startEtcd({ auth: { username: 'gate', password: 'open sesame' } })
  await expect(put(etcd, 'key', 'value')).rejects.toThrow('user name is empty')
  const { token } = await etcd.post('/v3/auth/authenticate', { name: 'gate', password: 'open sesame' })
  expect(token).toBeTypeOf('string')
})

test('a cluster goes on without its leader', async () => {
  await using cluster = await startEtcdCluster()
  const leader = await cluster.leader()
  await put(leader, 'key', 'value')
  await leader.kill()
  const next = await cluster.leader()
  expect(next).not.toBe(leader)
  expect(await read(next, 'key')).toBe('value')
})
