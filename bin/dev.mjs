#!/usr/bin/env node
// The command line from its sources, without a build: node bin/dev.mjs serve …
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Plugin } from '@oclif/core'
import { register } from 'tsx/esm/api'

register()
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const pjson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
pjson.oclif.commands.target = './src/commands'

// The manifest describes the last build; the sources may have moved on.
const own = new Plugin({ root, pjson, isRoot: true, ignoreManifest: true })
await own.load()

const { runProgram } = await import('../src/client/program.ts')
const plugins = new Map([[own.name, own]])
const manifest = () => own.manifest
await runProgram({ name: 'snetd', argv: process.argv.slice(2), root, pjson, plugins, manifest })
