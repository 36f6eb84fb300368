// Google's well-known proto files as descriptors, made from npm's google-proto-files.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import protobuf from 'protobufjs'
import { root } from './ready.mjs'

const PACKAGE = join(root, 'node_modules/google-proto-files')
const FOLDERS = ['google/api', 'google/rpc', 'google/rpc/context', 'google/type']

/** Options that decide how values are encoded; all others are for generators of code. */
const OPTIONS = ['default', 'features', 'packed', 'proto3_optional']

/** Each file by the name that others import it by: the names that it imports, and what it declares. */
export function makeGoogleDescriptors() {
  const names = FOLDERS.flatMap((folder) =>
    readdirSync(join(PACKAGE, folder))
      .filter((file) => file.endsWith('.proto'))
      .map((file) => `${folder}/${file}`),
  ).sort()
  const lines = names.map((name) => {
    const { root: declared, imports = [] } = protobuf.parse(
      readFileSync(join(PACKAGE, name), 'utf8'),
      new protobuf.Root(),
      {
        keepCase: true,
      },
    )
    dropOptions(declared)
    return `${JSON.stringify(name)}: ${JSON.stringify({ imports, nested: declared.toJSON().nested })}`
  })
  return `{\n${lines.join(',\n')}\n}\n`
}

export const readGoogleLicense = () => readFileSync(join(PACKAGE, 'LICENSE'), 'utf8')

/** Leaves those that decide how values are encoded. */
export function dropOptions(object) {
  const kept = Object.entries(object.options ?? {}).filter(([name]) => OPTIONS.includes(name))
  object.options = kept.length > 0 ? Object.fromEntries(kept) : undefined
  object.valuesOptions = undefined
  object.reserved = undefined
  for (const inner of [...(object.nestedArray ?? []), ...(object.fieldsArray ?? []), ...(object.oneofsArray ?? [])])
    dropOptions(inner)
  for (const method of object.methodsArray ?? []) method.options = method.parsedOptions = undefined
}
