/**
 * What brings large packages along, an HTTP client, an importer of files, a compiler: each is loaded when it is asked for,
 * since most starts need none of them.
 */
import type * as archive from './archive.js'
import type { FileDescriptor } from './file-descriptors.js'
import type * as fetching from './fetch.js'

export const readProtoArchive: typeof archive.readProtoArchive = async (...given) =>
  await (await import('./archive.js')).readProtoArchive(...given)

export const createProtoArchive: typeof archive.createProtoArchive = async (...given) =>
  await (await import('./archive.js')).createProtoArchive(...given)

export const fetchContent: typeof fetching.fetchContent = async (...given) =>
  await (await import('./fetch.js')).fetchContent(...given)

export const cidOf: typeof fetching.cidOf = async (...given) => await (await import('./fetch.js')).cidOf(...given)

export const blocksOf: typeof fetching.blocksOf = async (...given) =>
  await (await import('./fetch.js')).blocksOf(...given)

/** The files as reflection tells them. Error: `invalid-config` when nothing can be used. */
export const describeProtos = async (files: ReadonlyMap<string, string>): Promise<readonly FileDescriptor[]> =>
  (await import('./compile-protos.js')).describeProtos(files)
