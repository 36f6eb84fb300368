/** They belong to one connection, not to a request or an answer (RFC 9110 7.6.1). */
const OF_A_CONNECTION = [
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'http2-settings'],
]
/** The daemon writes these for itself; the last one says who has paid, and here nobody has. */
const NOT_ASKED_ON: readonly string[] = [...OF_A_CONNECTION, 'host', 'expect', 'content-length', 'snet-user-address']

/** What any page may read of any answer (snet-wire 5.6). */
export const FOR_ALL_PAGES: readonly (readonly [string, string])[] = [
  ['access-control-allow-origin', '*'],
  ['access-control-allow-headers', '*'],
  ['access-control-expose-headers', '*'],
]
/** Two origins in one answer are none to a browser, and with `*` no cookie counts. */
const NOT_ANSWERED: readonly string[] = [
  ...[...OF_A_CONNECTION, 'content-length', 'access-control-allow-credentials'],
  ...FOR_ALL_PAGES.map(([name]) => name),
]

/** The fields that go on to the service, in their order. @param raw names in small letters, and values, in turn */
export function fieldsToService(raw: readonly string[]): Map<string, string[]> {
  const fields = new Map<string, string[]>()
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name, value] = [raw[at] as string, raw[at + 1] as string]
    if (NOT_ASKED_ON.includes(name)) continue
    fields.set(name, [...(fields.get(name) ?? []), value])
  }
  return fields
}

/** The fields that go on to the client. @param raw names and values in turn, as the service wrote them */
export function fieldsToClient(raw: readonly string[]): (readonly [string, string])[] {
  const fields: (readonly [string, string])[] = []
  for (let at = 0; at + 1 < raw.length; at += 2) fields.push([raw[at] as string, raw[at + 1] as string])
  const ofConnection = fields
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((name) => name.trim())
  const isDropped = (name: string): boolean => NOT_ANSWERED.includes(name) || ofConnection.includes(name)
  return [...fields.filter(([name]) => !isDropped(name.toLowerCase())), ...FOR_ALL_PAGES]
}
