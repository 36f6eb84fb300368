import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { pipeline } from 'node:stream/promises'
import { messageOf, SnetError } from '../../../shared/errors.js'
import { withTimeLimit } from '../../../shared/time-limit.js'
import { answerTo } from '../../../shared/http-answer.js'
import type { Place } from './directory.js'
import type { LogFile, OpenLog } from './files.js'
import { takeEach, type Uploaded } from './take-each.js'

/** The longest time without any progress. */
const IDLE_MS = 60_000
/** A store that takes less than 64 KiB a second is not waited for. */
const BYTES_PER_MS = 64

/** PUTs each file below the URL; user name, password and query of it go along, and into no link. */
export async function putFiles(
  files: readonly LogFile[],
  target: URL,
  { folder, name }: Place,
  signal?: AbortSignal,
): Promise<Uploaded> {
  const take: Parameters<typeof takeEach>[1] = async (file, source) => {
    const url = new URL(target)
    const key = [`test-run-${folder}`, name, file].map(encodeURIComponent).join('/')
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${key}`
    await put(url, source, signal)
    url.username = url.password = url.search = url.hash = ''
    return url.href
  }
  return takeEach(files, take, signal)
}

async function put(url: URL, source: OpenLog, signal?: AbortSignal): Promise<void> {
  const ms = IDLE_MS + source.size / BYTES_PER_MS
  const late = (): SnetError => uploadError(url, `took longer than ${Math.round(ms / 1000)} s for ${source.size} bytes`)
  await withTimeLimit({ ms, signal, late }, (limit) => send(url, source, limit))
}

async function send(url: URL, source: OpenLog, signal: AbortSignal): Promise<void> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const headers = { 'content-length': source.size, 'content-type': 'application/octet-stream' }
  const sending = request(url, { method: 'PUT', headers, signal })
  sending.setTimeout(IDLE_MS, () => sending.destroy(new Error(`nothing moved for ${IDLE_MS / 1000} seconds`)))
  const answered = answerTo(sending)
  const sent = pipeline(source.stream(), sending)
  sent.catch(() => undefined)
  try {
    // A store that refuses need not read everything first: what it answers counts before what broke then.
    const response = await answered
    response.resume()
    const { statusCode: status = 0 } = response
    if (status < 200 || status > 299) throw uploadError(url, `answers ${status}`)
    await sent
  } catch (cause) {
    throw cause instanceof SnetError ? cause : uploadError(url, `cannot be reached: ${messageOf(cause)}`)
  } finally {
    sending.destroy()
  }
}

const uploadError = (url: URL, how: string): SnetError =>
  new SnetError('upstream-failed', `the log store at ${url.host} ${how}`, {
    hint: 'infra_log_target names where log files are PUT.',
  })
