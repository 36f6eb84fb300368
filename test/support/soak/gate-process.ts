/** The gate under load: one port where calls are free and one where they are paid; it tells of itself when it is asked. */
import { openPlane } from '../fuzz/planes.js'
import { tellParent } from './reading.js'
import { openSpoil } from '../spoil.js'

const [service, spoil] = process.argv.slice(2)
tellParent(await openPlane('frames', new URL(`http://127.0.0.1:${service}`), openSpoil(spoil)))
