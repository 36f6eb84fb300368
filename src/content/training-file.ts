import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../shared/package.js'
import type { KnownFile } from './google-files.js'
import { parseProto } from './parse-proto.js'

/** What services that train models import, whether or not they ship it (snet-wire 1.6). */
export function trainingFile(name: string): KnownFile | undefined {
  if (name === 'training.proto') return { ...read('training.proto'), imports: [OPTIONS] }
  return name === OPTIONS ? read('options.proto') : undefined
}

const OPTIONS = 'training/options.proto'

function read(file: string): KnownFile {
  const { nested, imports } = parseProto(readFileSync(join(packageRoot, 'proto/training', file), 'utf8'))
  return { nested, imports: [...imports] }
}
