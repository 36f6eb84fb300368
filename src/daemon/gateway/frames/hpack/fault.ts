/** A header block that cannot be read (RFC 7541): what the tables of both sides hold is not the same any more. */
export class CompressionFault extends Error {}
