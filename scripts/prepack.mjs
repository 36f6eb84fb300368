// npm pack, from a fresh clone too: what goes into the package is installed for and built first.
import { makeReady } from './lib/ready.mjs'

makeReady()
