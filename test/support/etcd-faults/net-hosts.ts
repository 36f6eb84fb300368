import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readlinkSync } from 'node:fs'
import type { EtcdHost } from '../etcd.js'
import { until } from '../until.js'

/** A host of its own on a network that can be taken away: a network namespace of Linux. */
export interface NetHost extends EtcdHost {
  /** What is under way is neither delivered nor refused while it is off. */
  cutOff(isOff: boolean): void
}

/**
 * Hosts on one network, inside the network namespace of this process, which must be one of its own: then all of it goes
 * with the process, however that ends.
 */
export async function openNetHosts(count: number): Promise<{ readonly hosts: readonly NetHost[] } & Disposable> {
  ip('link', 'add', 'hosts', 'type', 'bridge')
  ip('addr', 'add', '10.77.0.1/24', 'dev', 'hosts')
  ip('link', 'set', 'hosts', 'up')
  const opened = await Promise.all(Array.from({ length: count }, (_, at) => openHost(at)))
  return {
    hosts: opened.map(({ host }) => host),
    [Symbol.dispose]() {
      for (const { holder } of opened) holder.kill('SIGKILL')
    },
  }
}

async function openHost(at: number) {
  // It ends with our end of its stdin, which the kernel closes also for a process that is killed.
  const holder = spawn('unshare', ['--net', 'cat'], { stdio: ['pipe', 'ignore', 'inherit'] })
  await once(holder, 'spawn')
  const { pid } = holder
  const space = (of: number | string | undefined): string => readlinkSync(`/proc/${of}/ns/net`)
  await until('it has a network of its own', () => space(pid) !== space('self'))
  const enter = ['nsenter', '--target', String(pid), '--net', '--']
  const inside = (...args: string[]): void => run('nsenter', [...enter.slice(1), 'ip', ...args])
  const [link, address] = [`host${at}`, `10.77.0.${at + 2}`]
  ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid))
  ip('link', 'set', link, 'master', 'hosts', 'up')
  inside('addr', 'add', `${address}/24`, 'dev', 'eth0')
  inside('link', 'set', 'eth0', 'up')
  inside('link', 'set', 'lo', 'up')
  const host: NetHost = {
    address,
    enter,
    cutOff: (isOff) => ip('link', 'set', link, isOff ? 'down' : 'up'),
  }
  return { host, holder }
}

const ip = (...args: string[]): void => run('ip', args)

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}
