import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { pipeline } from 'node:stream/promises'
import { messageOf, SnetError } from '../../../shared/errors.js'
import type { LogFile } from './files.js'
import type { Place, Uploaded } from './upload.js'

const TIMEOUT_MS = 60_000

/** PUTs each file below the URL; user name, password and query of it go along, and into no link. */
export async function putFiles(
  files: readonly LogFile[],
  target: URL,
  { folder, name }: Place,
  signal?: AbortSignal,
): Promise<Uploaded> {
  const links: string[] = []
  for (const file of files) {
    await using source = await file.open()
    if (!source) continue
    const url = new URL(target)
    const key = ['test-run-' + folder, name, file.name].map(encodeURIComponent).join('/')
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${key}`
    await put(url, source, signal)
    url.username = url.password = url.search = url.hash = ''
    links.push(url.href)
  }
  return { count: links.length, links }
}

type Source = NonNullable<Awaited<ReturnType<LogFile['open']>>>

async function put(url: URL, source: Source, signal?: AbortSignal): Promise<void> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const limit = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])])
  const headers = { 'content-length': source.size, 'content-type': 'application/octet-stream' }
  const sending = request(url, { method: 'PUT', headers, signal: limit })
  const answered = new Promise<number>((done, fail) => {
    sending.once('error', fail)
    sending.once('response', (response) => {
      response.resume()
      done(response.statusCode ?? 0)
    })
  })
  // Both are awaited below; which of them fails first is not known.
  answered.catch(() => undefined)
  try {
    if (source.size > 0) await pipeline(source.stream(), sending)
    else sending.end()
    const status = await answered
    if (status < 200 || status > 299) throw failed(url, `answers ${status}`)
  } catch (cause) {
    sending.destroy()
    if (signal?.aborted) throw signal.reason
    throw cause instanceof SnetError ? cause : failed(url, `cannot be reached: ${messageOf(cause)}`)
  }
}

const failed = (url: URL, how: string): SnetError =>
  new SnetError('upstream-failed', `the log store at ${url.host} ${how}`, {
    hint: 'infra_log_target names where log files are PUT.',
  })
