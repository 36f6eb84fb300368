import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type Child, startChild } from '../../src/sandbox/child.js'
import type { Lifecycle } from '../../src/shared/lifecycle.js'
import { MEASURED, onCore, OTHERS, programOn } from '../measure/cores.js'
import type { Target } from '../measure/turns.js'
import { PASSERS } from '../suite/names.js'
import { answers, freePort } from './ports.js'

/** Somebody who answers calls at an address. */
export interface Endpoint extends Target {
  /** HOST:PORT */
  readonly endpoint: string
}

/** Owns it; should it end before its time, its last words are told. */
export async function own(life: Lifecycle, name: string, starting: Promise<Child>): Promise<Child> {
  const child = await starting
  let isMeant = false
  void child.ended.then((how) => {
    if (!isMeant) process.stderr.write(`${name} ended (${how}):\n${child.lines.slice(-20).join('\n')}\n`)
  })
  await life.own(name, {
    async [Symbol.asyncDispose]() {
      isMeant = true
      await child[Symbol.asyncDispose]()
    },
  })
  return child
}

export const pidOf = ({ process: { pid } }: Child): number => pid as number

/** The service that all of them stand before. */
export async function startService(life: Lifecycle): Promise<Endpoint> {
  const start = startChild({ ...programOn(OTHERS, 'echo-service'), ready: /^ready service=(\S+)/ })
  const child = await own(life, PASSERS.service, start)
  return { name: PASSERS.service, endpoint: child.ready, pid: pidOf(child) }
}

/** Those who pass calls on unpaid, all on one core. The floor comes last: it is no contestant. */
export async function startPassers(life: Lifecycle, service: Endpoint): Promise<Endpoint[]> {
  return [
    await startNghttpx(life, service),
    await startProgram(life, PASSERS.frames, { program: 'unpaid-gate', service, env: { DATA_PLANE: 'frames' } }),
    await startProgram(life, PASSERS.node, { program: 'unpaid-gate', service, env: { DATA_PLANE: 'node' } }),
    await startProgram(life, PASSERS.grpcJs, { program: 'grpc-js-proxy', service }),
    await startProgram(life, PASSERS.relay, { program: 'relay', service }),
  ]
}

interface Passing {
  readonly program: string
  readonly service: Endpoint
  readonly env?: Readonly<Record<string, string>>
}

export async function startProgram(life: Lifecycle, name: string, { program, service, env }: Passing) {
  const start = programOn(MEASURED, program, service.endpoint)
  const ready = /^ready endpoint=(\S+)/
  const child = await own(life, name, startChild({ ...start, env: { ...process.env, ...env }, ready }))
  return { name, endpoint: child.ready, pid: pidOf(child) }
}

export async function startNghttpx(life: Lifecycle, { endpoint }: Endpoint): Promise<Endpoint> {
  const port = await freePort()
  const [host, servicePort] = endpoint.split(':')
  const quiet = ['--errorlog-file=/dev/null', '--accesslog-file=/dev/null', '--conf=/dev/null', '--workers=1']
  const ends = [`-f127.0.0.1,${port};no-tls`, `-b${host},${servicePort};;proto=h2`, '--single-process']
  const { command, args } = onCore(MEASURED, 'nghttpx', [...quiet, ...ends])
  const child = spawn(command, args, { stdio: 'ignore' })
  const ended = once(child, 'exit')
  await life.own(PASSERS.nghttpx, {
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
    },
  })
  while (!(await answers(port))) if (child.exitCode !== null) throw new Error('nghttpx did not start')
  return { name: PASSERS.nghttpx, endpoint: `127.0.0.1:${port}`, pid: child.pid as number }
}
