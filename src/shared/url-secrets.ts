export const HIDDEN = '(hidden)'

/**
 * Any text without the users, passwords and queries of the URLs in it. Up to the last `@` of a word: where somebody
 * wrote one into a password, too much is hidden rather than too little.
 */
export const withoutCredentials = (text: string): string => eachUrl(text, shownUrl)

/** The same without anything of a URL but its host: providers of nodes have keys in their paths. */
export const hostsOnly = (text: string): string =>
  eachUrl(text, (scheme, rest) => {
    const shown = shownUrl(scheme, rest)
    if (!/(?:https?|wss?):\/\/$/i.test(scheme)) return shown
    const end = shown.slice(scheme.length).search(/[/?#]/)
    return end < 0 ? shown : `${shown.slice(0, scheme.length + end)}/${HIDDEN}`
  })

function shownUrl(scheme: string, rest: string): string {
  const at = rest.lastIndexOf('@')
  const shown = at < 0 ? rest : `${HIDDEN}@${rest.slice(at + 1)}`
  const query = shown.indexOf('?')
  return query < 0 || query === shown.length - 1 ? scheme + shown : `${scheme}${shown.slice(0, query)}?${HIDDEN}`
}

/** Word by word, for a line of a log may be long and not ours. */
function eachUrl(text: string, show: (scheme: string, rest: string) => string): string {
  if (!text.includes('://')) return text
  return text.replace(/[^\s"\\]+/g, (word) => {
    const end = word.indexOf('://') + 3
    return end < 3 ? word : show(word.slice(0, end), word.slice(end))
  })
}
