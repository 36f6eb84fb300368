import { SnetError } from '../../../shared/errors.js'

/** The places where the page of a token server may hold the callback, most trusted first. */
const PLACES = [
  /<a\s[^<>]*?href\s*=\s*"([^"]*)"/i,
  /<a\s[^<>]*?href\s*=\s*'([^']*)'/i,
  /location\.href\s*=\s*"([^"]*)"/i,
  /location\.href\s*=\s*'([^']*)'/i,
  /<textarea[^<>]*>([^<]*)<\/textarea>/i,
]

/**
 * The callback that Berty completes its flow with: in a header since May 2022, in a link or a script before. Errors:
 * `upstream-failed` for a page without one, and for one that tells an error.
 */
export function callbackOf({
  redirect,
  body,
}: {
  readonly redirect: string | undefined
  readonly body: string
}): string {
  const found = redirect ?? unescapeHtml(PLACES.map((place) => place.exec(body)?.[1]).find(Boolean) ?? '')
  const callback = found.trim()
  if (callback === '')
    throw new SnetError('upstream-failed', 'the token server shows no way on', {
      hint: 'Run it with -no-click: otherwise a person has to press the button.',
    })
  const query = new URLSearchParams(callback.slice(callback.indexOf('?') + 1))
  const error = query.get('error')
  if (error !== null)
    throw new SnetError(
      'upstream-failed',
      `the token server refuses: ${error} ${query.get('error_description') ?? ''}`.trim(),
    )
  return callback
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescapeHtml = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex: string, decimal: string, name: string) => {
      if (name) return NAMED[name.toLowerCase()] ?? whole
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
