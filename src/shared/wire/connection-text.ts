/** What keeps a connection of grpc-js from being made, in plain words. */
export interface ConnectionFault {
  readonly reason: string
  /** Names what to look at; undefined where the fault is none of the common ones. */
  readonly is:
    | 'name'
    | 'nobody'
    | 'authority'
    | 'subject'
    | 'expired'
    | 'plaintext'
    | 'closed'
    | 'client-certificate'
    | 'unreachable'
    | undefined
}

const FAULTS: readonly (readonly [said: RegExp, is: ConnectionFault['is'], reason: string])[] = [
  [/Name resolution failed|ENOTFOUND|EAI_AGAIN/, 'name', 'the name does not resolve'],
  [/ECONNREFUSED/, 'nobody', 'nothing listens there'],
  [
    /self.signed|unable to verify|unable to get (?:local )?issuer/i,
    'authority',
    'its certificate is of an authority that is not trusted here',
  ],
  [/ALTNAME_INVALID|does not match certificate's altnames/, 'subject', 'its certificate is for other names'],
  [/certificate has expired/, 'expired', 'its certificate has expired'],
  [/wrong version number|packet length too long|http request/i, 'plaintext', 'what listens there does not speak TLS'],
  [
    /certificate required|alert (?:unknown ca|bad certificate|unknown_ca)|alert handshake/i,
    'client-certificate',
    'it does not accept our certificate',
  ],
  [/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/, 'unreachable', 'no route leads there, or the host does not answer'],
  [
    /ECONNRESET|Failed to connect|Protocol error|socket hang up/,
    'closed',
    'it closed the connection before a word of gRPC',
  ],
]

export function connectionFault(text: string): ConnectionFault {
  const known = FAULTS.find(([said]) => said.test(text))
  return known ? { is: known[1], reason: known[2] } : { is: undefined, reason: withoutProse(text) }
}

/** The library wraps what it has met in words of its own, and ends with notes on names that it had not to look up. */
const withoutProse = (text: string): string =>
  text
    .replace(/\.? Resolution note:[^]*$/, '')
    .replace(/^No connection established\. Last error: (?:Error(?: \[\w+\])?: )?/, '')
    .replace(/ \(\d{4}-\d\d-\d\dT[\d:.]+Z\)/, '')
    .trim()
