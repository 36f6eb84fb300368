const SMALLEST_PART = 1 / 4

/**
 * Whether a piece is a small part of what was read from a socket with it. It keeps all of that in memory: whoever keeps it for
 * long copies it.
 */
export const isSmallPart = (piece: Buffer): boolean => piece.length < piece.buffer.byteLength * SMALLEST_PART
