/**
 * How providers of Ethereum nodes want their key (snet-behaviour 5.3). Header values only: they are secrets and go
 * nowhere but to the node.
 */

/** Value of `authorization` for HTTP requests; undefined when there is nothing to prove. */
export function httpAuthorization(url: string, apiKey: string | undefined): string | undefined {
  if (!apiKey) return urlCredentials(url)
  const isToken = /^[^.]+\.[^.]+\.[^.]+$/.test(apiKey)
  return url.includes('infura') && !isToken ? basic('', apiKey) : `Bearer ${apiKey}`
}

/** Value of `authorization` for the WebSocket handshake; the `ws` package sends credentials of the URL itself. */
export const wsAuthorization = (apiKey: string | undefined): string | undefined =>
  apiKey ? basic('', apiKey) : undefined

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`

/** `http://user:password@host`, which undici, unlike node's own client, does not turn into a header. */
function urlCredentials(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { username, password } = new URL(url)
  return username || password ? basic(decodeURIComponent(username), decodeURIComponent(password)) : undefined
}
