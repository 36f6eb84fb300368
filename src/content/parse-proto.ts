import protobuf from 'protobufjs'

/** What a file declares and imports, whatever its types refer to. */
export function parseProto(text: string): { readonly nested: Nested; readonly imports: ReadonlySet<string> } {
  const root = new protobuf.Root()
  // The extended message may be in another file; the library would look for it again at every type of this one.
  root.deferred = Object.assign([], { push: () => 0 })
  const { imports = [], weakImports = [] } = protobuf.parse(text, root, { keepCase: true })
  return { nested: root.toJSON().nested ?? {}, imports: new Set([...imports, ...weakImports]) }
}

type Nested = Readonly<Record<string, protobuf.AnyNestedObject>>
