import { readFile } from 'node:fs/promises'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { withoutBrackets } from '../../shared/host-port.js'
import { answerTo } from '../../shared/http-answer.js'
import type { EtcdFiles } from './config.js'

const ANSWER_LIMIT_MS = 2_000

/** Whether the etcd at `url` answers, and can agree with the other members. */
export async function isHealthy(url: string, tls: EtcdFiles | undefined): Promise<boolean> {
  try {
    const options = { timeout: ANSWER_LIMIT_MS, agent: false }
    const asking = tls
      ? requestHttps(`${url}/health`, { ...options, ...(await readFiles(tls)) })
      : requestHttp(`${url}/health`, options)
    const limit = setTimeout(() => asking.destroy(new Error('no answer in time')), ANSWER_LIMIT_MS)
    try {
      asking.end()
      return /"health":"?true/.test(await text(await answerTo(asking)))
    } finally {
      clearTimeout(limit)
    }
  } catch {
    return false
  }
}

async function readFiles({ caFile, certFile, keyFile }: EtcdFiles) {
  const [ca, cert, key] = await Promise.all([readFile(caFile), readFile(certFile), readFile(keyFile)])
  return { ca, cert, key }
}

/** Whether somebody accepts connections there. */
export const isTaken = (url: string): Promise<boolean> =>
  new Promise((done) => {
    const { hostname, port } = new URL(url)
    const socket = connect({ host: withoutBrackets(hostname), port: Number(port) })
    const answer = (taken: boolean): void => {
      socket.destroy()
      done(taken)
    }
    socket.setTimeout(ANSWER_LIMIT_MS, () => answer(true))
    socket.once('connect', () => answer(true)).once('error', () => answer(false))
  })
