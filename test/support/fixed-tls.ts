import type { TlsTerms } from '../../src/daemon/gateway/transport/index.js'
import type { TlsPair } from '../../src/shared/tls-files.js'

/** A port that shows this certificate, for ever unless `changes` say something else. */
export const fixedTls = ({ cert, key }: TlsPair, changes: Partial<TlsTerms> = {}): TlsTerms =>
  Object.defineProperties<TlsTerms>(
    {
      pair: { cert, key },
      clientCa: undefined,
      onChange: () => () => undefined,
      minVersion: 'TLSv1.2',
      clientsNeedOne: false,
      challenges: new Map(),
    },
    // Some of them change later.
    Object.getOwnPropertyDescriptors(changes),
  )
