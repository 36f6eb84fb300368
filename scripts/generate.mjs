// npm run generate: builds, and writes oclif.manifest.json and docs/reference. With --check it writes no page and
// fails when one is stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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

const manifestBefore = read(MANIFEST)
await import('./build.mjs')
const stale = read(MANIFEST) === manifestBefore ? [] : [MANIFEST]

const { PAGES } = await import('./lib/reference-pages.mjs')
for (const { file, make } of PAGES) {
  const text = await make()
  if (text === read(file)) continue
  stale.push(file)
  if (isCheck) continue
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

for (const file of stale) console.log(isCheck ? `${file} was stale: npm run generate, and commit it` : `wrote ${file}`)
process.exitCode = isCheck && stale.length > 0 ? 1 : 0
