import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { PartHealth } from '../observability/index.js'
import { answerTo } from '../../shared/http-answer.js'
import { isObject } from '../../shared/is-object.js'
import { packageVersion } from '../../shared/package.js'
import { isUnwell, isWell, type Probe, unconnected } from './probe.js'

/** Far more than a service has to say of how it is. */
const MAX_BODY_BYTES = 1024 * 1024

/**
 * GET of a page: 200 and something in it means well (snet-behaviour 8.1), unless the page itself says NOT_SERVING. It is
 * read to its end, since an answer that breaks off is none. Redirects are not followed.
 */
export const probeByHttp =
  (page: URL): Probe =>
  async (signal) => {
    const headers = { 'user-agent': `snetd/${packageVersion()}`, connection: 'close' }
    const asking = (page.protocol === 'https:' ? overHttps : overHttp)(page, { signal, headers, agent: false })
    asking.end()
    try {
      return await judge(await answerTo(asking))
    } catch (fault) {
      const { code = '' } = fault as NodeJS.ErrnoException
      return code.startsWith('HPE_') ? isUnwell('its heartbeat page is not HTTP') : unconnected(fault)
    } finally {
      // What comes after the verdict, and of an answer that was given up, concerns nobody.
      asking.on('error', () => undefined).destroy()
    }
  }

async function judge(answer: IncomingMessage): Promise<PartHealth> {
  if (answer.statusCode !== 200) return isUnwell(`its heartbeat page answers ${answer.statusCode}`)
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      if ((bytes += part.length) > MAX_BODY_BYTES) return isUnwell('its heartbeat page has no end')
      parts.push(part)
    }
  } catch {
    return isUnwell('its heartbeat page breaks off')
  }
  if (bytes === 0) return isUnwell('its heartbeat page is empty')
  return saysNo(Buffer.concat(parts)) ? isUnwell('its heartbeat page says NOT_SERVING') : isWell
}

/** Services tell how they are as the heartbeat of a daemon does: `{"serviceID": "…", "status": "SERVING"}`. */
function saysNo(body: Buffer): boolean {
  try {
    const told: unknown = JSON.parse(body.toString('utf8'))
    return isObject(told) && told['status'] === 'NOT_SERVING'
  } catch {
    return false
  }
}
