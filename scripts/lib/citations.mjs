// Reads the numbers that comments cite (`snet-wire 4.2`) and looks them up in the pages of docs/protocol.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './ready.mjs'

const ROOMS = ['src', 'test', 'proto', 'docs', 'scripts', 'bench', 'bin']
const TEXT_FILE = /\.(ts|mjs|js|proto|md)$/
/** What stands between two words of a citation: blanks, or the break of a line and what a comment's next line starts with. */
const GAP = String.raw`(?:[ \t]+|[ \t]*\n[ \t]*(?:\*|//|#)?[ \t]*)`
const NUMBER = String.raw`\d+(?:\.\d+)*`
/** `clients` is a common word: only a number with a dot makes it a citation. */
const CITATION = new RegExp(
  String.raw`(?<![-\w])(?:(snet-wire|snet-behaviour|berty)${GAP}(${NUMBER})|(clients)${GAP}(\d+(?:\.\d+)+))((?:,${GAP}\d+(?:\.\d+)+)*)`,
  'g',
)
/** `section 3.4` in a page means the page itself. */
const OWN_SECTION = new RegExp(String.raw`(?<![-\w])sections?${GAP}(${NUMBER})`, 'g')

/**
 * @param base directory with the sources and docs/protocol
 * @returns one line for each citation that leads nowhere, and how many citations there are
 */
export function judgeCitations(base = root) {
  const pages = readPages(join(base, 'docs/protocol'))
  const faults = []
  let count = 0
  for (const file of textFiles(base)) {
    const text = readFileSync(join(base, file), 'utf8')
    for (const { page, number, at } of citationsOf(text, ownPage(file))) {
      count += 1
      if (pages.get(page)?.has(number)) continue
      const line = text.slice(0, at).split('\n').length
      faults.push(
        `${file}:${line}: ${page} ${number} is neither a heading nor a numbered item of docs/protocol/${page}.md`,
      )
    }
  }
  return { faults, count }
}

/** @param self the page that the text is, if it is one */
export function citationsOf(text, self) {
  const cited = [...text.matchAll(CITATION)].flatMap((match) => {
    const page = match[1] ?? match[3]
    const more = [...match[5].matchAll(/\d+(?:\.\d+)+/g)].map(([number]) => number)
    return [match[2] ?? match[4], ...more].map((number) => ({ page, number, at: match.index }))
  })
  if (self === undefined) return cited
  return [
    ...cited,
    ...[...text.matchAll(OWN_SECTION)].map(({ 1: number, index }) => ({ page: self, number, at: index })),
  ]
}

/** Numbers of a page: those of its headings, and below each those of its list items and of the first column of its tables. */
export function numbersOf(page) {
  const numbers = new Set()
  let heading = ''
  let isCode = false
  for (const line of page.split('\n')) {
    if (line.startsWith('```')) isCode = !isCode
    if (isCode) continue
    const title = /^#{2,} (\d+(?:\.\d+)*)\.? /.exec(line)
    if (title) heading = title[1]
    const item = /^(?:(\d+)\. |\| *(\d+[a-z]?) *\|)/.exec(line)
    if (title) numbers.add(heading)
    else if (item && heading !== '') numbers.add(`${heading}.${item[1] ?? item[2]}`)
  }
  return numbers
}

function readPages(folder) {
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder).filter((file) => file.endsWith('.md'))
  return new Map(files.map((file) => [file.replace(/\.md$/, ''), numbersOf(readFileSync(join(folder, file), 'utf8'))]))
}

function textFiles(base) {
  return ROOMS.filter((room) => existsSync(join(base, room))).flatMap((room) =>
    readdirSync(join(base, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && TEXT_FILE.test(entry.name))
      .map((entry) => relative(base, join(entry.parentPath, entry.name)))
      .sort(),
  )
}

const ownPage = (file) => /^docs\/protocol\/(.+)\.md$/.exec(file)?.[1]
