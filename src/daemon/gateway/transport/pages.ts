import type { Health } from '../../observability/index.js'
import { corsAnswer } from './cors.js'
import { everyOrigin, FOR_ALL_ORIGINS, type Origins } from './origins.js'
import type { Page, PageRequest } from './page.js'

export type { Page, PageRequest } from './page.js'

/** What is told to everybody, whichever version of HTTP he speaks; never rejects. Undefined where there is no such page. */
export type Pages = (request: PageRequest) => Promise<Page> | undefined

/** What the daemon tells beside its health, as the content of a page. */
export type TellPage = () => Promise<{ readonly type: string; readonly body: string }>

export interface PagesDeps {
  readonly health: Pick<Health, 'check'>
  /** By the first segment of the path, whatever follows it and whichever method is used (snet-wire 5.2). */
  readonly pages: ReadonlyMap<string, TellPage>
}

/** @param origins of pages that may make calls; what is told to everybody, is told to pages of all */
export function createPages({ health, pages }: PagesDeps, origins: Origins): Pages {
  const find = (request: PageRequest): Promise<Page> | undefined => {
    const { method, target } = request
    const path = target.split('?', 1)[0] as string
    if (path === '/livez' || path === '/readyz') return probe(health, path, method)
    const tell = pages.get(path.split('/', 2)[1] ?? '')
    if (method === 'OPTIONS') return Promise.resolve(corsAnswer(request, tell ? everyOrigin : origins))
    return tell?.().then((content) => ({ status: 200, headers: FOR_ALL_ORIGINS, ...content }))
  }
  return (request) => find(request)?.catch(() => text(500, '500 internal error\n'))
}

/** `/livez`: the process turns. `/readyz`: every part can do its work, or 503 with what cannot. */
async function probe(health: Pick<Health, 'check'>, path: string, method: string): Promise<Page> {
  if (method !== 'GET' && method !== 'HEAD')
    return { ...text(405, '405 method not allowed\n'), headers: { allow: 'GET, HEAD' } }
  if (path === '/livez') return text(200, 'ok\n')
  const state = await health.check()
  return { status: state.ready ? 200 : 503, type: 'application/json', body: toJson(state) }
}

/** Of each part only what is told to everybody: a room may know more of its health, in types that JSON has not. */
const toJson = ({ ready, parts }: Awaited<ReturnType<Health['check']>>): string => {
  const told = parts.map(({ part, ok, reason }) => ({ part, ok, ...(reason !== undefined && { reason }) }))
  return `${JSON.stringify({ ready, parts: told })}\n`
}

export const text = (status: number, body: string): Page => ({ status, type: 'text/plain', body })
