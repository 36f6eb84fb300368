import { SnetError } from '../shared/errors.js'

/** `http://HOST:PORT`, `https://HOST:PORT` or HOST:PORT in cleartext. */
export function endpointOf(text: string | undefined): { hostPort: string; tls: boolean } {
  const url = text === undefined ? undefined : /^\w+:\/\//.test(text) ? text : `http://${text}`
  if (url === undefined || !URL.canParse(url)) {
    throw new SnetError(
      'invalid-request',
      text === undefined ? 'the service publishes no endpoint' : `"${text}" is not an endpoint`,
      {
        hint: 'Name the daemon with --endpoint HOST:PORT.',
      },
    )
  }
  const { protocol, hostname, port } = new URL(url)
  const tls = protocol === 'https:'
  return { hostPort: `${hostname}:${port || (tls ? '443' : '80')}`, tls }
}
