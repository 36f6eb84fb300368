/** A gate where no payment is ever judged: calls wait until their clients give up. Its HTTP/2 is the one that is named. */
import { openPlane } from '../fuzz/planes.js'
import { tellParent } from './reading.js'

const plane = await openPlane(process.argv[2] === 'frames' ? 'frames' : 'node', new URL('http://127.0.0.1:1'))
plane.payments.beforeVerdict = ({ cancelled }) => new Promise((_never, reject) => cancelled.onAbort(reject))
tellParent(plane)
