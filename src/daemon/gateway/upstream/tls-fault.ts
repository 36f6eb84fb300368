const UNKNOWN_AUTHORITY = 'its certificate is signed by no authority that is known here; service_tls_ca names yours'

/** What OpenSSL and Node mean, in words for everybody. */
const WORDS: readonly (readonly [code: RegExp, words: string])[] = [
  [/SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER/, UNKNOWN_AUTHORITY],
  [/ALTNAME_INVALID/, 'its certificate is for another name; service_tls_server_name says which one is right'],
  [/CERT_HAS_EXPIRED/, 'its certificate has expired'],
  [/CERT_NOT_YET_VALID/, 'its certificate is not valid yet'],
  [/NO_APPLICATION_PROTOCOL/, 'it speaks no HTTP/2 over TLS'],
  [/CERTIFICATE_REQUIRED/, 'it wants a certificate of ours; service_tls_cert and service_tls_key name one'],
  [/ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_)/, 'it does not take our certificate'],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/, 'it speaks no TLS'],
]

/** Why there is no TLS to the service; undefined where that is not the cause. */
export function tlsFault(cause: unknown): string | undefined {
  const { code = '' } = (cause ?? {}) as NodeJS.ErrnoException
  return WORDS.find(([known]) => known.test(code))?.[1]
}
