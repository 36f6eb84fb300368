/** The limits of connections, as their figures name them. */
export const CONNECTION_LIMITS = [
  'connections',
  'client-connections',
  'handshake',
  'streams',
  'header-block',
  'header-list',
  'resets',
  'idle-frames',
  'pings',
  'silence',
  'unanswered',
  'idle',
  'age',
  'unread',
] as const

export type ConnectionLimit = (typeof CONNECTION_LIMITS)[number]

/** Told whenever a client has come to a limit: what it began is refused, or its connection ends. */
export type OnLimit = (limit: ConnectionLimit) => void
