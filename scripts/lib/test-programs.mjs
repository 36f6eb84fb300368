// Programs, and modules of Python, that tests run against, and no package of npm has: Debian's, installed here where that is possible.
import { spawnSync } from 'node:child_process'
import { onPath, pythonWith } from './python.mjs'

export const ETCD = {
  name: 'etcd',
  package: 'etcd-server',
  purpose: 'for the tests of groups of replicas',
  elsewhere: 'put etcd 3.4 or newer on the PATH',
}

export const TEST_PROGRAMS = [
  ETCD,
  {
    name: 'pebble',
    package: 'pebble',
    purpose: 'for the tests of certificates by ACME',
    elsewhere: "put pebble, the test authority of Let's Encrypt, on the PATH",
  },
  {
    name: 'chromium',
    package: 'chromium',
    purpose: 'for the tests of web pages',
    elsewhere: 'put Chromium on the PATH as chromium',
  },
  {
    name: 'curl',
    package: 'curl',
    purpose: 'for the tests of clients of many kinds',
    elsewhere: 'put curl with HTTP/2 on the PATH',
  },
  ...['nghttp', 'h2load'].map((name) => ({
    name,
    package: 'nghttp2-client',
    purpose: 'for the tests of clients of many kinds',
    elsewhere: `put ${name} of nghttp2 on the PATH`,
  })),
  {
    name: 'python3-grpcio',
    module: 'grpc',
    package: 'python3-grpcio',
    purpose: 'for the tests of clients of many kinds',
    elsewhere: 'put a python3 with the package grpcio on the PATH',
  },
]

const INSTALL = ['install', '--yes', '--no-install-recommends']

/** The program, or a Python with the module, is on the PATH afterwards; otherwise the error says how to get it. */
export function requireProgram(
  program,
  { path = process.env.PATH ?? '', run = aptGet, isRoot = process.getuid?.() === 0 } = {},
) {
  const { name, purpose, elsewhere } = program
  if (isThere(program, path)) return
  if (isRoot && onPath('apt-get', path).length > 0) {
    process.stderr.write(`Installing ${name} (apt-get install ${program.package}), ${purpose} …\n`)
    const install = [...INSTALL, program.package]
    // A fresh image knows no packages yet.
    if (run(install) || (run(['update']) && run(install))) {
      if (isThere(program, path)) return
    }
  }
  throw new Error(
    `the tests need ${name} on the PATH, and it could not be installed here.\n` +
      `Type:  sudo apt-get install ${program.package}   (Debian, Ubuntu; elsewhere ${elsewhere})`,
  )
}

function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] }).status === 0
}

const isThere = ({ name, module }, path) =>
  module === undefined ? onPath(name, path).length > 0 : pythonWith(module, path) !== undefined
