// npm run generate: writes the types of messages and proto/google, builds, and writes oclif.manifest.json and
// docs/reference. With --check it writes none of them and fails when one is stale.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './lib/ready.mjs'

const MANIFEST = 'oclif.manifest.json'
const isCheck = process.argv.includes('--check')
const read = (file) => {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return ''
  }
}
const stale = []
const put = (file, text) => {
  if (text === read(file)) return
  stale.push(file)
  if (isCheck) return
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

const { makeWireTypes, wireTypeFiles } = await import('./lib/wire-types.mjs')
const types = await makeWireTypes()
for (const [file, text] of types) put(file, text)
for (const file of wireTypeFiles().filter((file) => !types.has(file))) {
  stale.push(file)
  if (!isCheck) rmSync(join(root, file))
}

const { makeGoogleDescriptors, readGoogleLicense } = await import('./lib/google-protos.mjs')
put('proto/google/descriptors.json', makeGoogleDescriptors())
put('proto/google/LICENSE', readGoogleLicense())

const manifestBefore = read(MANIFEST)
await import('./build.mjs')
if (read(MANIFEST) !== manifestBefore) stale.push(MANIFEST)

const { PAGES } = await import('./lib/reference-pages.mjs')
for (const { file, make } of PAGES) put(file, await make())

for (const file of stale) console.log(isCheck ? `${file} was stale: npm run generate, and commit it` : `wrote ${file}`)
process.exitCode = isCheck && stale.length > 0 ? 1 : 0
