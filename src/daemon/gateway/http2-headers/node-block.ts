/** Headers as node:http2 takes them; without a prototype, so that no foreign name means anything to JavaScript. */
export type NodeBlock = Record<string, string | string[]>

/** @param fields names and values in turn */
export function toNodeBlock(fields: readonly string[]): NodeBlock {
  const block = Object.create(null) as NodeBlock
  for (let at = 0; at < fields.length; at += 2) {
    const [name, value] = [fields[at] as string, fields[at + 1] as string]
    const known = block[name]
    block[name] = known === undefined ? value : [known, value].flat()
  }
  return block
}
