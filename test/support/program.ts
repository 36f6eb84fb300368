import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A shell script as an executable file; `$1` is the method. */
export async function shellProgram(dir: string, lines: string, name = 'service.sh'): Promise<string> {
  const path = join(dir, name)
  await writeFile(path, `#!/bin/sh\n${lines}\n`)
  await chmod(path, 0o755)
  return path
}

/**
 * A program that stays and answers in frames as the guide for providers has them.
 * @param answer source of a function of (method, bytes, write): what it returns is the answer, what it throws the failure;
 * undefined answers nothing
 */
export async function stayingProgram(dir: string, answer: string): Promise<string> {
  const path = join(dir, 'staying.mjs')
  await writeFile(
    path,
    `#!${process.execPath}
const answer = ${answer}
const raw = (bytes) => process.stdout.write(bytes)
const reply = (id, code, bytes) => {
  const head = Buffer.alloc(9)
  head.writeUInt32BE(id, 0)
  head.writeUInt8(code, 4)
  head.writeUInt32BE(bytes.length, 5)
  raw(Buffer.concat([head, bytes]))
}
let seen = Buffer.alloc(0)
process.stdin.on('data', (chunk) => {
  seen = Buffer.concat([seen, chunk])
  for (;;) {
    if (seen.length < 8) return
    const named = 8 + seen.readUInt32BE(4)
    if (seen.length < named + 4) return
    const end = named + 4 + seen.readUInt32BE(named)
    if (seen.length < end) return
    const [id, method, bytes] = [seen.readUInt32BE(0), String(seen.subarray(8, named)), seen.subarray(named + 4, end)]
    seen = seen.subarray(end)
    try {
      const answered = answer(method, bytes, raw, id)
      if (answered !== undefined) reply(id, 0, Buffer.from(answered))
    } catch (fault) {
      reply(id, 1, Buffer.from(fault.message))
    }
  }
})
`,
  )
  await chmod(path, 0o755)
  return path
}
