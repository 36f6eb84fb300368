import { SnetError } from '../../shared/errors.js'

/** What whoever writes is told once this process no longer owns the store. */
export const takenOver = (): SnetError =>
  new SnetError('unavailable', 'another daemon took over the store of this one', {
    hint: 'One daemon per data_dir: stop this one.',
  })

export const storeClosed = (): SnetError =>
  new SnetError('unavailable', 'the payment store is closed: the daemon is stopping')
