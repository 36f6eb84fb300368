/** Cases that once failed, or that came near to it: by kind and seed, replayed with the tests. */
export const KEPT: readonly (readonly [kind: string, seed: string])[] = [
  // Trailers of a service without a status went on to the client as they were.
  ['broken-service', 'l1/1/0'],
  ['broken-service', 'a/0/4'],
  // A service that leaves while calls are under way.
  ['calls', 'l1/1/20'],
  // A client that takes its call back without an error, its request unread, and then leaves.
  ['calls', '1796050157524/0/812'],
]
