/**
 * A gate whose service is to name the price of each call, and is not there. Its HTTP/2 is the one that is named, and so is
 * how many MiB of requests it may keep meanwhile.
 */
import { openPlane } from '../fuzz/planes.js'
import { tellParent } from './reading.js'

const [, , dataPlane, keptMiB] = process.argv
const plane = await openPlane(dataPlane === 'frames' ? 'frames' : 'node', new URL('http://127.0.0.1:1'), undefined, {
  maxQuotedBytes: Number(keptMiB) * 2 ** 20,
})
plane.payments.askAt = '/plan.Plan/Price'
tellParent(plane)
